package dev.replicator.gcs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.store.ByteArrayBody;
import dev.replicator.store.Capability;
import dev.replicator.store.MetadataUpdate;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.Precondition;
import dev.replicator.store.TransferSizes;
import dev.replicator.store.TransientStoreException;
import dev.replicator.store.Version;
import dev.replicator.store.WriteOptions;
import dev.replicator.testkit.contract.ObjectStoreContract;
import dev.replicator.testkit.contract.StoreHarness;
import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The contract on fake-gcs-server, however it is started: another idea of Cloud Storage, which keeps no condition of
 * resumable uploads, copies and deletes, and says "Not Found" of objects and buckets alike.
 */
interface FakeGcsServerContract extends ObjectStoreContract {
    int MIB = 1 << 20;
    ObjectKey KEY = ObjectKey.of("a/b");

    URI endpoint();

    @Override
    default StoreHarness openHarness() {
        return new GcsHarness(server(EnumSet.of(
                Capability.SERVER_SIDE_COPY,
                Capability.CREATE_ONLY_WRITE,
                Capability.CONDITIONAL_WRITE,
                Capability.PINNED_READ,
                Capability.METADATA)));
    }

    private GcsHarness.Server server(Set<Capability> capabilities) {
        return new GcsHarness.Server(
                endpoint(), capabilities, new TransferSizes(2 * MIB, 2 * MIB, MIB), key -> true, (one, other) -> true);
    }

    /** It keeps the condition of a resumable upload to nothing. */
    @Override
    @Test
    default void createsLargeObjectsOnlyWhereAbsent(StoreHarness harness) {
        harness.put(KEY, new byte[1], ObjectMetadata.NONE);
        byte[] large = new byte[2 * MIB + 1];

        harness.store().write(KEY, ByteArrayBody.of(large), WriteOptions.of(Precondition.absent()));

        assertThat(harness.store().head(KEY).orElseThrow().size()).isEqualTo(large.length);
    }

    @Test
    default void ignoresConditionsOfCopiesAndDeletesSoTheyAreNotDeclared() {
        try (GcsHarness harness = new GcsHarness(server(
                EnumSet.complementOf(EnumSet.of(Capability.TAGS, Capability.KEEPS_MODIFIED, Capability.ETAGS))))) {
            ObjectStore store = harness.store();
            ObjectMeta first = store.write(KEY, ByteArrayBody.of(new byte[1]), WriteOptions.of(Precondition.none()));
            ObjectMeta source =
                    harness.neighbour().write(KEY, ByteArrayBody.of(new byte[2]), WriteOptions.of(Precondition.none()));

            store.copyFrom(harness.neighbour().bucket(), source, KEY, WriteOptions.of(Precondition.absent()));
            assertThat(store.head(KEY).orElseThrow().size()).isEqualTo(2);

            store.delete(KEY, Precondition.unchanged(first.version()));
            assertThat(store.head(KEY)).isEmpty();
        }
    }

    /** A patch of its keeps what it was to remove, and any condition holds; so a copy repairs metadata there. */
    @Test
    default void ignoresConditionsAndRemovalsOfPatchesSoTheyAreNotSent(StoreHarness harness) {
        assertThat(harness.store().role(MetadataUpdate.class)).isEmpty();
        try (GcsHarness trusting = new GcsHarness(server(FakeGcsContractTest.ALL))) {
            ObjectStore store = trusting.store();
            store.write(
                    KEY,
                    ByteArrayBody.of(new byte[1]),
                    WriteOptions.of(Precondition.none()).withMetadata(ObjectMetadata.NONE.withUser("gone", "x")));
            ObjectMeta seen = store.head(KEY).orElseThrow();
            Version never = new Version("1");
            ObjectMeta other = new ObjectMeta(
                    KEY, 1, seen.modified(), never, List.of(), seen.note(), seen.metadata(), seen.metageneration());

            try {
                store.role(MetadataUpdate.class)
                        .orElseThrow()
                        .update(other, ObjectMetadata.NONE.withUser("new", "y"), Precondition.unchanged(never));
            } catch (TransientStoreException e) {
                assertThat(e).hasMessageContaining("lacks the object's size, generation or time");
            }

            assertThat(store.head(KEY)
                            .flatMap(ObjectMeta::metadata)
                            .orElseThrow()
                            .user())
                    .isEqualTo(Map.of("gone", "", "new", "y"));
        }
    }
}

package dev.replicator.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.store.Capability;
import dev.replicator.store.ListRequest;
import dev.replicator.store.MetadataUpdate;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.Precondition;
import dev.replicator.store.StaleObjectException;
import dev.replicator.store.WriteOptions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Preconditions on the state of metadata, where a store numbers it: what would replace or delete an object that others
 * described anew since it was seen is stale. Where a store does not number it, its version tells the same or nothing does.
 */
public interface MetadataStateContract extends StoreContract {
    ObjectKey DESCRIBED = ObjectKey.of("dir/described");
    ObjectMetadata PRIVATE = ObjectMetadata.ofContentType("text/plain").withUser(Map.of("custom:aclPolicy", "private"));

    /** An object as it was seen before it was described anew, and as it is since. */
    record Described(ObjectMeta before, ObjectMeta now) {}

    private static Optional<Described> described(StoreHarness harness) {
        ObjectStore store = harness.store();
        Optional<MetadataUpdate> role = store.role(MetadataUpdate.class);
        Bytes.write(store, DESCRIBED, Bytes.utf8("first"));
        ObjectMeta before = Listings.entries(store, ListRequest.everything()).stream()
                .filter(entry -> entry.key().equals(DESCRIBED))
                .findFirst()
                .orElseThrow();
        if (role.isEmpty() || before.metageneration() == 0) {
            return Optional.empty();
        }
        ObjectMeta now = role.get().update(before, PRIVATE, Precondition.unchanged(before));
        assertThat(now.version()).isEqualTo(before.version());
        assertThat(now.metageneration()).isNotEqualTo(before.metageneration());
        return Optional.of(new Described(before, now));
    }

    private static ObjectMeta write(StoreHarness harness, int size, Precondition precondition) {
        return harness.store()
                .write(DESCRIBED, TrackedBody.honest(Bytes.random(size, 1)), WriteOptions.of(precondition));
    }

    private static ObjectMeta copy(StoreHarness harness, int size, Precondition precondition) {
        ObjectMeta source = Bytes.write(harness.neighbour(), ObjectKey.of("source"), Bytes.random(size, 2));
        return harness.store().copyFrom(harness.neighbour().bucket(), source, DESCRIBED, WriteOptions.of(precondition));
    }

    /** What is conditioned on the state of before changes nothing; on the state since, or on the content alone, it works. */
    private static void assertHolds(
            StoreHarness harness, Described described, Capability declared, Outcome.Call<ObjectMeta> deed) {
        Outcome<ObjectMeta> stale = Outcome.of(deed);
        if (!harness.capabilities().contains(declared)) {
            return;
        }
        assertThat(stale.failure()).containsInstanceOf(StaleObjectException.class);
        assertThat(Bytes.text(harness.store(), DESCRIBED.text())).isEqualTo("first");
        ObjectMeta there = Bytes.head(harness.store(), DESCRIBED);
        assertThat(there.metageneration()).isEqualTo(described.now().metageneration());
        assertThat(there.metadata().orElseThrow().user()).isEqualTo(PRIVATE.user());
    }

    @Test
    default void overwritesOnlyTheStateOfMetadataSeen(StoreHarness harness) {
        for (int size : new int[] {10, (int) harness.sizes().multipartUpload() + 1}) {
            Optional<Described> described = described(harness);
            if (described.isEmpty()) {
                return;
            }
            Precondition before = Precondition.unchanged(described.get().before());
            assertHolds(harness, described.get(), Capability.CONDITIONAL_WRITE, () -> write(harness, size, before));

            ObjectMeta ours = write(harness, size, Precondition.unchanged(Bytes.head(harness.store(), DESCRIBED)));
            ObjectMeta again = write(harness, size, Precondition.unchanged(ours));

            assertThat(Bytes.read(harness.store(), DESCRIBED)).isEqualTo(Bytes.random(size, 1));
            assertThat(again.metageneration())
                    .isEqualTo(Bytes.head(harness.store(), DESCRIBED).metageneration());
            harness.store().delete(DESCRIBED, Precondition.unchanged(again));
        }
    }

    @Test
    default void copiesOnlyOverTheStateOfMetadataSeen(StoreHarness harness) {
        if (!harness.capabilities().contains(Capability.SERVER_SIDE_COPY)) {
            return;
        }
        for (int size : new int[] {10, (int) harness.sizes().multipartCopy() + 1}) {
            Optional<Described> described = described(harness);
            if (described.isEmpty()) {
                return;
            }
            Precondition before = Precondition.unchanged(described.get().before());
            assertHolds(harness, described.get(), Capability.CONDITIONAL_COPY, () -> copy(harness, size, before));

            ObjectMeta ours = copy(harness, size, Precondition.unchanged(Bytes.head(harness.store(), DESCRIBED)));
            copy(harness, size, Precondition.unchanged(ours));

            assertThat(Bytes.read(harness.store(), DESCRIBED)).isEqualTo(Bytes.random(size, 2));
        }
    }

    @Test
    default void deletesOnlyTheStateOfMetadataSeen(StoreHarness harness) {
        Optional<Described> described = described(harness);
        if (described.isEmpty()) {
            return;
        }
        assertHolds(harness, described.get(), Capability.CONDITIONAL_DELETE, () -> {
            harness.store()
                    .delete(DESCRIBED, Precondition.unchanged(described.get().before()));
            return described.get().before();
        });

        harness.store().delete(DESCRIBED, Precondition.unchanged(described.get().now()));

        assertThat(harness.store().head(DESCRIBED)).isEmpty();
    }

    /** A version alone, as an older plan knows it, is a condition on the content alone. */
    @Test
    default void doesNotMindMetadataWhoseStateIsNotAskedFor(StoreHarness harness) {
        Optional<Described> described = described(harness);
        if (described.isEmpty()) {
            return;
        }
        ObjectMeta ours = write(
                harness, 10, Precondition.unchanged(described.get().before().version()));
        harness.store().delete(DESCRIBED, Precondition.unchanged(ours.version()));

        assertThat(harness.store().head(DESCRIBED)).isEmpty();
    }
}

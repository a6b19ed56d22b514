package dev.replicator.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.replicator.store.BucketRef;
import dev.replicator.store.Capability;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.ObjectNotFoundException;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.Precondition;
import dev.replicator.store.StaleObjectException;
import dev.replicator.store.StoreException;
import dev.replicator.store.WriteOptions;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Server-side copies. A store without them says so and refuses; then that is what these tests hold it to. */
public interface CopyContract extends StoreContract {
    ObjectKey SOURCE = ObjectKey.of("from/source.bin");
    ObjectKey COPY = ObjectKey.of("to/copy.bin");
    WriteOptions COPYING = WriteOptions.of(Precondition.none());

    @Test
    default void copiesFromItsOwnServiceAndNoOther(StoreHarness harness) {
        BucketRef stranger = new BucketRef("elsewhere", "elsewhere.invalid", "", "bucket", "");
        ObjectMeta source = Bytes.write(harness.neighbour(), SOURCE, Bytes.utf8("text"));

        assertThat(harness.store().copiesFrom(stranger)).isFalse();
        assertThatThrownBy(() -> harness.store().copyFrom(stranger, source, COPY, COPYING))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThat(harness.store().copiesFrom(harness.neighbour().bucket())).isEqualTo(copies(harness));
        if (!copies(harness)) {
            assertThatThrownBy(() -> copy(harness, source)).isInstanceOf(UnsupportedOperationException.class);
        }
        assertThat(Listings.keys(harness.store())).isEmpty();
    }

    private static boolean copies(StoreHarness harness) {
        return harness.capabilities().contains(Capability.SERVER_SIDE_COPY);
    }

    private static ObjectMeta copy(StoreHarness harness, ObjectMeta source) {
        return harness.store().copyFrom(harness.neighbour().bucket(), source, COPY, COPYING);
    }

    /** Whether the store copies; one that does not must refuse this copy, wholly. */
    private static boolean orRefuses(StoreHarness harness, ObjectMeta source) {
        if (copies(harness)) {
            return true;
        }
        assertThatThrownBy(() -> copy(harness, source)).isInstanceOf(UnsupportedOperationException.class);
        assertThat(harness.store().head(COPY)).isEmpty();
        return false;
    }

    @Test
    default void copiesBytesOfEverySize(StoreHarness harness) {
        long threshold = harness.sizes().multipartCopy();
        int most = (int) Math.min(threshold, 8 << 20);
        int part = (int) Math.min(harness.sizes().partOf(most + 1L), 8 << 20);
        for (int size : new int[] {0, 1, 10_000, most, most + 1, most + part + 1, most + 2 * part}) {
            byte[] bytes = Bytes.random(size, size);
            ObjectMeta source = Bytes.write(harness.neighbour(), SOURCE, bytes);
            if (!orRefuses(harness, source)) {
                return;
            }

            ObjectMeta copied = copy(harness, source);

            assertThat(copied.key()).isEqualTo(COPY);
            assertThat(copied.size()).isEqualTo(size);
            assertThat(copied.version())
                    .isEqualTo(Bytes.head(harness.store(), COPY).version());
            assertThat(Bytes.read(harness.store(), COPY)).as("%d bytes", size).isEqualTo(bytes);
            assertThat(Bytes.read(harness.neighbour(), source))
                    .as("the source stays")
                    .isEqualTo(bytes);
        }
    }

    @Test
    default void copiesMetadataAndTagsAsDeclared(StoreHarness harness) {
        boolean tags = harness.capabilities().contains(Capability.TAGS);
        ObjectMetadata dressed = tags ? MetadataContract.FULL.withTags(MetadataContract.TAGS) : MetadataContract.FULL;
        int beyond = (int) Math.min(harness.sizes().multipartCopy(), 8 << 20) + 1;
        for (int size : new int[] {0, 100, beyond}) {
            ObjectMeta source = Bytes.write(harness.neighbour(), SOURCE, Bytes.random(size, size), dressed);
            if (!orRefuses(harness, source)) {
                return;
            }

            harness.store()
                    .copyFrom(
                            harness.neighbour().bucket(),
                            source,
                            COPY,
                            COPYING.withMetadata(ObjectMetadata.ofContentType("not/used")));

            ObjectMetadata found =
                    Bytes.head(harness.store(), COPY).metadata().orElseThrow().withoutOurs();
            if (harness.capabilities().contains(Capability.METADATA)) {
                assertThat(found).as("metadata of %d bytes", size).isEqualTo(MetadataContract.FULL);
            } else {
                assertThat(found.user()).isEmpty();
            }
            if (tags) {
                assertThat(Bytes.tags(harness.store(), COPY))
                        .as("tags of %d bytes", size)
                        .isEqualTo(MetadataContract.TAGS);
            }
        }
    }

    @Test
    default void copiesOverAnObjectAndReplacesItWhole(StoreHarness harness) {
        ObjectMeta source = Bytes.write(harness.neighbour(), SOURCE, Bytes.utf8("new"));
        if (!orRefuses(harness, source)) {
            return;
        }
        ObjectMeta old = Bytes.write(harness.store(), COPY, Bytes.utf8("old, longer"), MetadataContract.FULL);

        ObjectMeta copied = copy(harness, source);

        assertThat(Bytes.text(harness.store(), COPY.text())).isEqualTo("new");
        assertThat(copied.version()).isNotEqualTo(old.version());
        assertThat(Bytes.head(harness.store(), COPY)
                        .metadata()
                        .orElseThrow()
                        .withoutOurs()
                        .user())
                .isEmpty();
    }

    @Test
    default void copiesWithinOneBucket(StoreHarness harness) {
        ObjectMeta source = Bytes.write(harness.store(), SOURCE, Bytes.utf8("text"));
        assertThat(harness.store().copiesFrom(harness.store().bucket())).isEqualTo(copies(harness));
        if (!copies(harness)) {
            assertThatThrownBy(() -> harness.store().copyFrom(harness.store().bucket(), source, COPY, COPYING))
                    .isInstanceOf(UnsupportedOperationException.class);
            return;
        }

        harness.store().copyFrom(harness.store().bucket(), source, COPY, COPYING);

        assertThat(Listings.keys(harness.store())).containsExactly(SOURCE, COPY);
        assertThat(Bytes.text(harness.store(), COPY.text())).isEqualTo("text");
    }

    @Test
    default void copiesKeysThatNeedEncoding(StoreHarness harness) {
        List<ObjectKey> keys = Samples.fitting(
                harness,
                List.of(
                        "a b+c%2Fd?e=f&g#h;i,j.txt",
                        "caf\u00E9/\uD83D\uDE00",
                        "a%20b",
                        "a+b",
                        "100%",
                        "?versionId=1",
                        "a\\b",
                        "'q\"",
                        "\uFFFD",
                        "~",
                        "a:b@c",
                        "tab\there",
                        "a//b",
                        "/lead",
                        "trail/"));
        for (ObjectKey key : keys) {
            ObjectMeta source = Bytes.write(harness.neighbour(), key, key.bytes());
            if (!orRefuses(harness, source)) {
                continue;
            }

            harness.store().copyFrom(harness.neighbour().bucket(), source, key, COPYING);

            assertThat(Bytes.read(harness.store(), key)).as("copy of %s", key).isEqualTo(key.bytes());
        }
        assertThat(Listings.keys(harness.store())).isEqualTo(copies(harness) ? Samples.sorted(keys) : List.of());
    }

    @Test
    default void failsStaleWhenTheSourceWasReplacedSinceItWasSeen(StoreHarness harness) {
        ObjectMeta seen = Bytes.write(harness.neighbour(), SOURCE, Bytes.utf8("old bytes"));
        if (!orRefuses(harness, seen)) {
            return;
        }
        Bytes.write(harness.neighbour(), SOURCE, Bytes.utf8("NEW BYTES"));

        Outcome<ObjectMeta> copy = Outcome.of(() -> copy(harness, seen));

        if (harness.capabilities().contains(Capability.PINNED_READ)) {
            assertThat(copy.failure()).containsInstanceOf(StaleObjectException.class);
            assertThat(harness.store().head(COPY)).isEmpty();
        } else if (copy.succeeded()) {
            assertThat(Bytes.text(harness.store(), COPY.text())).isEqualTo("NEW BYTES");
        } else {
            assertThat(copy.failure()).containsInstanceOf(StoreException.class);
            assertThat(harness.store().head(COPY)).isEmpty();
        }
    }

    @Test
    default void failsForASourceThatVanishedSinceItWasSeen(StoreHarness harness) {
        int beyond = (int) Math.min(harness.sizes().multipartCopy(), 8 << 20) + 1;
        for (int size : new int[] {10, beyond}) {
            ObjectMeta seen = Bytes.write(harness.neighbour(), SOURCE, Bytes.random(size, size));
            if (!orRefuses(harness, seen)) {
                return;
            }
            harness.neighbour().delete(SOURCE, Precondition.none());

            assertThatThrownBy(() -> copy(harness, seen))
                    .isInstanceOfAny(ObjectNotFoundException.class, StaleObjectException.class);
            assertThat(harness.store().head(COPY)).isEmpty();
        }
    }

    @Test
    default void isSeenByOtherClientsOnceCopied(StoreHarness harness) {
        ObjectMeta source = Bytes.write(harness.neighbour(), SOURCE, Bytes.utf8("text"));
        if (!orRefuses(harness, source)) {
            return;
        }

        copy(harness, source);

        try (ObjectStore other = harness.another()) {
            assertThat(Bytes.text(other, COPY.text())).isEqualTo("text");
        }
    }
}

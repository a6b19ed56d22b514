package dev.replicator.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.replicator.store.Capability;
import dev.replicator.store.Fingerprint;
import dev.replicator.store.ObjectBody;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.ObjectNotFoundException;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.StaleObjectException;
import dev.replicator.store.StoreException;
import dev.replicator.store.digest.ContentDigest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bodies: whole, in ranges, again, and of exactly the version that was seen. */
public interface ReadContract extends StoreContract {
    ObjectKey READ = ObjectKey.of("dir/read");

    @Test
    default void readsBytesOfEverySize(StoreHarness harness) {
        int part = (int) harness.sizes().part();
        for (int size : new int[] {0, 1, 2, 8_191, 8_192, 8_193, part + 1}) {
            byte[] bytes = Bytes.random(size, size);
            harness.put(READ, bytes, ObjectMetadata.NONE);

            ObjectMeta meta = Bytes.head(harness.store(), READ);

            assertThat(meta.size()).isEqualTo(size);
            try (ObjectBody body = harness.store().read(meta)) {
                assertThat(body.size()).isEqualTo(size);
                assertThat(Bytes.all(body)).as("%d bytes", size).isEqualTo(bytes);
            }
        }
    }

    @Test
    default void readsRangesAtEveryEdge(StoreHarness harness) {
        byte[] bytes = Bytes.random(10_000, 3);
        harness.put(READ, bytes, ObjectMetadata.NONE);

        try (ObjectBody body = harness.store().read(Bytes.head(harness.store(), READ))) {
            for (int[] range : new int[][] {
                {0, 1}, {0, 10_000}, {0, 9_999}, {1, 9_999}, {9_999, 1}, {5_000, 1}, {4_095, 4_098}, {0, 0}, {10_000, 0}
            }) {
                assertThat(Bytes.range(body, range[0], range[1]))
                        .as("%d bytes at %d", range[1], range[0])
                        .isEqualTo(Arrays.copyOfRange(bytes, range[0], range[0] + range[1]));
            }
        }
    }

    @Test
    default void tellsOnlyDigestsOfTheContent(StoreHarness harness) {
        for (int size : new int[] {1, (int) harness.sizes().multipartUpload() + 1}) {
            byte[] bytes = Bytes.random(size, 5);
            harness.put(READ, bytes, ObjectMetadata.NONE);

            try (ObjectBody body = harness.store().read(Bytes.head(harness.store(), READ))) {
                assertThat(body.fingerprints())
                        .filteredOn(print -> print.algorithm() != Fingerprint.Algorithm.ETAG)
                        .allSatisfy(print -> {
                            ContentDigest digest = ContentDigest.of(print.algorithm());
                            digest.update(bytes, 0, bytes.length);
                            assertThat(print).isEqualTo(digest.fingerprint());
                        });
                assertThat(Bytes.all(body)).isEqualTo(bytes);
            }
        }
    }

    @Test
    default void opensABodyAgainAndAgain(StoreHarness harness) throws Exception {
        byte[] bytes = Bytes.random(100_000, 4);
        harness.put(READ, bytes, ObjectMetadata.NONE);

        try (ObjectBody body = harness.store().read(Bytes.head(harness.store(), READ))) {
            try (InputStream abandoned = body.open()) {
                assertThat(abandoned.readNBytes(10)).hasSize(10);
            }
            assertThat(body.metadata().user()).isEmpty();
            assertThat(Bytes.all(body)).isEqualTo(bytes);
            assertThat(Bytes.all(body)).isEqualTo(bytes);
        }
    }

    @Test
    default void readsABodyFromSeveralThreads(StoreHarness harness) throws Exception {
        byte[] bytes = Bytes.random(200_000, 5);
        harness.put(READ, bytes, ObjectMetadata.NONE);
        ExecutorService threads = Executors.newFixedThreadPool(4);

        try (ObjectBody body = harness.store().read(Bytes.head(harness.store(), READ))) {
            List<Future<byte[]>> quarters = IntStream.range(0, 4)
                    .mapToObj(i -> threads.submit(() -> Bytes.range(body, i * 50_000L, 50_000)))
                    .toList();
            for (int i = 0; i < 4; i++) {
                assertThat(quarters.get(i).get()).isEqualTo(Arrays.copyOfRange(bytes, i * 50_000, (i + 1) * 50_000));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    default void savesABodyToAFileOrLeavesItToTheCaller(StoreHarness harness, @TempDir Path directory)
            throws IOException {
        byte[] bytes = Bytes.random((int) harness.sizes().part() * 2 + 1, 6);
        harness.put(READ, bytes, ObjectMetadata.NONE);
        Path file = Files.write(directory.resolve("saved"), new byte[] {1, 2, 3});

        try (ObjectBody body = harness.store().read(Bytes.head(harness.store(), READ))) {
            boolean saved = body.saveTo(file);
            assertThat(Files.readAllBytes(file)).isEqualTo(saved ? bytes : new byte[] {1, 2, 3});
            if (body.file().isPresent()) {
                assertThat(body.file().get()).hasBinaryContent(bytes);
            }
        }
    }

    @Test
    default void showsOneStateInTheHeadAndInTheBody(StoreHarness harness) {
        harness.put(READ, Bytes.utf8("text"), ObjectMetadata.NONE);
        ObjectMeta head = Bytes.head(harness.store(), READ);

        assertThat(head.key()).isEqualTo(READ);
        assertThat(head.metadata()).as("a head carries the metadata").isPresent();
        assertThat(head.metadata().orElseThrow().tags())
                .as("a head carries no tags")
                .isEmpty();
        assertThat(Bytes.head(harness.store(), READ)).isEqualTo(head);
    }

    @Test
    default void failsStaleWhenTheObjectWasReplacedSinceItWasSeen(StoreHarness harness) {
        ObjectStore store = harness.store();
        harness.put(READ, Bytes.utf8("old bytes"), ObjectMetadata.NONE);
        ObjectMeta seen = Bytes.head(store, READ);
        ObjectBody body = store.read(seen);
        harness.put(READ, Bytes.utf8("NEW BYTES"), ObjectMetadata.NONE);

        if (harness.capabilities().contains(Capability.PINNED_READ)) {
            assertThatThrownBy(() -> Bytes.all(body)).isInstanceOf(StaleObjectException.class);
            assertThatThrownBy(() -> Bytes.range(body, 2, 3)).isInstanceOf(StaleObjectException.class);
            assertThatThrownBy(() -> store.read(seen).metadata()).isInstanceOf(StaleObjectException.class);
        } else {
            assertThat(Outcome.of(() -> new String(Bytes.all(body), StandardCharsets.UTF_8)))
                    .as("an unpinned read gives what is there now, or a failure of ours")
                    .satisfiesAnyOf(
                            outcome -> assertThat(outcome.value()).contains("NEW BYTES"),
                            outcome -> assertThat(outcome.failure()).containsInstanceOf(StoreException.class));
        }
    }

    @Test
    default void neverGivesMoreOrLessThanWasAnnounced(StoreHarness harness) {
        for (int size : new int[] {0, 5, 8, 10, 100_000}) {
            harness.put(READ, Bytes.random(9, 1), ObjectMetadata.NONE);
            ObjectBody body = harness.store().read(Bytes.head(harness.store(), READ));
            harness.put(READ, Bytes.random(size, size), ObjectMetadata.NONE);

            assertThatThrownBy(() -> Bytes.all(body)).as("%d for 9 bytes", size).isInstanceOf(StoreException.class);
        }
    }

    @Test
    default void failsForAnObjectThatVanishedSinceItWasSeen(StoreHarness harness) {
        harness.put(READ, Bytes.utf8("text"), ObjectMetadata.NONE);
        ObjectBody body = harness.store().read(Bytes.head(harness.store(), READ));
        harness.remove(READ);

        assertThatThrownBy(() -> Bytes.all(body))
                .isInstanceOfAny(ObjectNotFoundException.class, StaleObjectException.class);
        assertThatThrownBy(body::metadata).isInstanceOfAny(ObjectNotFoundException.class, StaleObjectException.class);
    }

    @Test
    default void neverMixesTwoVersionsInOneStream(StoreHarness harness) throws IOException {
        int size = (int) harness.sizes().part() * 2 + 1;
        byte[] old = Bytes.random(size, 8);
        byte[] fresh = Bytes.random(size, 9);
        harness.put(READ, old, ObjectMetadata.NONE);
        ObjectBody body = harness.store().read(Bytes.head(harness.store(), READ));

        try (InputStream stream = body.open()) {
            byte[] start = stream.readNBytes(100);
            harness.put(READ, fresh, ObjectMetadata.NONE);
            byte[] got = Outcome.of(stream::readAllBytes).value().orElseGet(() -> Arrays.copyOfRange(old, 100, size));
            assertThat(start).isEqualTo(Arrays.copyOf(old, 100));
            assertThat(Arrays.equals(got, Arrays.copyOfRange(old, 100, size)))
                    .as("the rest of the old version, or a failure")
                    .isTrue();
        }
    }
}

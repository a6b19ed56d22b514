package dev.replicator.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.replicator.store.Capability;
import dev.replicator.store.ObjectBody;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.Precondition;
import dev.replicator.store.StaleObjectException;
import dev.replicator.store.StoreException;
import dev.replicator.store.TransientStoreException;
import dev.replicator.store.WriteOptions;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Writes: of every size, whole or not at all. */
public interface WriteContract extends StoreContract {
    ObjectKey WRITTEN = ObjectKey.of("dir/sub/written");
    WriteOptions PLAIN = WriteOptions.of(Precondition.none());

    @Test
    default void writesBytesOfEverySizeAroundTheLimitsOfParts(StoreHarness harness) {
        long threshold = harness.sizes().multipartUpload();
        long part = harness.sizes().partOf(threshold + 1);
        long[] sizes = LongStream.of(
                        0, 1, part - 1, part, part + 1, threshold - 1, threshold, threshold + 1, 2 * part, 2 * part + 1)
                .filter(size -> size >= 0)
                .distinct()
                .toArray();
        for (long size : sizes) {
            byte[] bytes = Bytes.random((int) size, size);
            TrackedBody body = TrackedBody.honest(bytes);

            ObjectMeta written = harness.store().write(WRITTEN, body, PLAIN);

            assertThat(Bytes.read(harness.store(), WRITTEN))
                    .as("%d bytes", size)
                    .isEqualTo(bytes);
            assertThat(body.unclosed()).as("streams left open").isZero();
            assertThat(written.size()).isEqualTo(size);
        }
    }

    @Test
    default void returnsWhatAHeadWouldSay(StoreHarness harness) {
        for (int size : new int[] {0, 10, (int) harness.sizes().multipartUpload() + 1}) {
            ObjectMeta written = Bytes.write(harness.store(), WRITTEN, Bytes.random(size, size));

            ObjectMeta head = Bytes.head(harness.store(), WRITTEN);
            assertThat(written.key()).isEqualTo(WRITTEN);
            assertThat(written.size()).isEqualTo(size);
            assertThat(written.version()).isEqualTo(head.version());
            assertThat(Bytes.read(harness.store(), written)).isEqualTo(Bytes.random(size, size));
        }
    }

    @Test
    default void replacesAnObjectAndItsVersion(StoreHarness harness) {
        ObjectMeta first = Bytes.write(harness.store(), WRITTEN, Bytes.utf8("first, longer"));
        ObjectMeta second = Bytes.write(harness.store(), WRITTEN, Bytes.utf8("second"));

        assertThat(second.version()).isNotEqualTo(first.version());
        assertThat(Bytes.text(harness.store(), WRITTEN.text())).isEqualTo("second");
        assertThat(Listings.keys(harness.store())).containsExactly(WRITTEN);
    }

    @Test
    default void isSeenByOtherClientsAtOnce(StoreHarness harness) {
        try (ObjectStore other = harness.another()) {
            Bytes.write(harness.store(), WRITTEN, Bytes.utf8("one"));
            assertThat(Bytes.text(other, WRITTEN.text())).isEqualTo("one");
            Bytes.write(other, WRITTEN, Bytes.utf8("two"));
            assertThat(Bytes.text(harness.store(), WRITTEN.text())).isEqualTo("two");
        }
    }

    @Test
    default void leavesNoTraceOfABodyThatEndsEarly(StoreHarness harness) {
        for (int size : sizesToBreak(harness)) {
            assertLeavesNoTrace(harness, TrackedBody.announcing(size, Bytes.random(size - 4, 1)));
        }
    }

    @Test
    default void leavesNoTraceOfABodyThatRunsOver(StoreHarness harness) {
        for (int size : sizesToBreak(harness)) {
            assertLeavesNoTrace(harness, TrackedBody.announcing(size, Bytes.random(size + 4, 1)));
        }
    }

    @Test
    default void leavesNoTraceOfABodyThatBreaks(StoreHarness harness) {
        for (int size : sizesToBreak(harness)) {
            StoreException stale = new StaleObjectException("the source is another now");
            Throwable thrown = assertLeavesNoTrace(harness, TrackedBody.breaking(size, new byte[size / 2], () -> {
                throw stale;
            }));
            assertThat(Failures.causes(thrown))
                    .as("the body's own failure is named")
                    .contains(stale);

            IOException broken = new IOException("the source broke");
            thrown = assertLeavesNoTrace(harness, TrackedBody.breaking(size, new byte[size - 1], () -> {
                throw broken;
            }));
            assertThat(Failures.causes(thrown))
                    .as("the body's own failure is named")
                    .contains(broken);
        }
    }

    private static int[] sizesToBreak(StoreHarness harness) {
        return new int[] {
            10,
            100_000,
            (int) (harness.sizes().multipartUpload() + 2 * harness.sizes().part() + 7)
        };
    }

    private static Throwable assertLeavesNoTrace(StoreHarness harness, TrackedBody body) {
        ObjectStore store = harness.store();
        store.delete(WRITTEN, Precondition.none());
        assertThatThrownBy(() -> store.write(WRITTEN, body, PLAIN)).isInstanceOf(StoreException.class);
        assertThat(store.head(WRITTEN)).as("nothing is visible").isEmpty();
        assertThat(Listings.keysInTheEnd(store)).isEmpty();

        Bytes.write(store, WRITTEN, Bytes.utf8("the old object"));
        Outcome<ObjectMeta> over = Outcome.of(() -> store.write(WRITTEN, body, PLAIN));
        assertThat(over.failure()).containsInstanceOf(StoreException.class);
        assertThat(Bytes.text(store, WRITTEN.text())).isEqualTo("the old object");
        assertThat(Listings.keysInTheEnd(store)).containsExactly(WRITTEN);
        assertThat(body.unclosed()).as("streams left open").isZero();
        return over.failure().orElseThrow();
    }

    @Test
    default void showsReadersOneWholeObjectOrTheOther(StoreHarness harness) throws Exception {
        List<byte[]> contents = IntStream.range(0, 4)
                .mapToObj(seed -> Bytes.random(60_000 + seed, seed))
                .toList();
        Bytes.write(harness.store(), WRITTEN, contents.get(0));
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger writes = new AtomicInteger();
        Thread writer = new Thread(() -> {
            for (int i = 0; !over.get(); i++) {
                Bytes.write(harness.store(), WRITTEN, contents.get(i % 4));
                writes.incrementAndGet();
                Waiting.aMoment();
            }
        });
        writer.start();
        int seen = 0;
        try {
            for (int i = 0; i < 100_000 && (seen < 50 || writes.get() < 50) && writer.isAlive(); i++) {
                Outcome<byte[]> read = Outcome.of(() -> Bytes.read(harness.store(), WRITTEN));
                if (read.succeeded()) {
                    seen++;
                    assertThat(contents).contains(read.value().orElseThrow());
                } else {
                    assertThat(read.failure().orElseThrow()).isInstanceOf(StoreException.class);
                }
            }
        } finally {
            over.set(true);
            writer.join(30_000);
        }
        assertThat(seen).as("reads that succeeded").isGreaterThanOrEqualTo(50);
        assertThat(writes.get()).as("writes that succeeded").isGreaterThanOrEqualTo(50);
        assertThat(Listings.keys(harness.store())).containsExactly(WRITTEN);
    }

    @Test
    default void keepsOrSetsTheModificationTimeAsDeclared(StoreHarness harness) {
        Instant given = Instant.parse("1999-12-31T23:59:58.123456789Z");

        ObjectMeta written = harness.store().write(WRITTEN, Bytes.body("text"), PLAIN.withModified(given));

        ObjectMeta head = Bytes.head(harness.store(), WRITTEN);
        if (harness.capabilities().contains(Capability.KEEPS_MODIFIED)) {
            assertThat(head.modified().getEpochSecond())
                    .isEqualTo(written.modified().getEpochSecond());
            assertThat(Duration.between(head.modified(), given))
                    .isBetween(Duration.ZERO, harness.granularity().minusNanos(1));
        } else {
            assertThat(head.modified()).as("the store's own time").isAfter(given.plus(Duration.ofDays(1)));
            assertThat(Duration.between(head.modified(), written.modified()))
                    .as("what the write's answer says, which may have come a moment later")
                    .isBetween(Duration.ofSeconds(-1), Duration.ofMinutes(1));
        }
    }

    @Test
    default void writesManyObjectsAtOnce(StoreHarness harness) throws Exception {
        List<ObjectKey> keys = IntStream.range(0, 64)
                .mapToObj(i -> ObjectKey.of("d" + i % 3 + "/e" + i % 5 + "/k" + i))
                .toList();

        List<Outcome<ObjectMeta>> writes = new ArrayList<>(Race.run(
                keys.size(),
                i -> Bytes.write(harness.store(), keys.get(i), keys.get(i).bytes())));

        assertThat(writes).allMatch(Outcome::succeeded);
        assertThat(Listings.keys(harness.store())).isEqualTo(Samples.sorted(keys));
    }

    @Test
    default void endsSoonWhenInterruptedAndKeepsTheFlag(StoreHarness harness) {
        ObjectBody body = TrackedBody.honest(Bytes.random(10_000, 1));
        Thread.currentThread().interrupt();

        Outcome<ObjectMeta> write = Outcome.of(() -> harness.store().write(WRITTEN, body, PLAIN));

        assertThat(Thread.interrupted()).as("the flag is still set").isTrue();
        if (write.succeeded()) {
            assertThat(Bytes.read(harness.store(), WRITTEN)).isEqualTo(Bytes.random(10_000, 1));
        } else {
            assertThat(write.failure().orElseThrow()).isInstanceOf(TransientStoreException.class);
        }
    }
}

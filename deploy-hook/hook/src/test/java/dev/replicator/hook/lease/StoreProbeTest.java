package dev.replicator.hook.lease;

import static dev.replicator.testkit.StoreOperation.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.replicator.hook.control.ControlObjects;
import dev.replicator.hook.control.ProbedCapabilities;
import dev.replicator.store.AccessDeniedException;
import dev.replicator.store.Capability;
import dev.replicator.store.KeyPrefix;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.RequestMeter;
import dev.replicator.testkit.FaultyStore;
import dev.replicator.testkit.SettableClock;
import dev.replicator.testkit.memory.MemoryBucket;
import dev.replicator.testkit.memory.MemoryBuckets;
import dev.replicator.testkit.memory.MemoryOptions;
import dev.replicator.testkit.memory.MemoryStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StoreProbeTest {
    private static final Instant NOON = SettableClock.START;
    private static final Set<Capability> DECLARED = MemoryOptions.WEAK.capabilities();

    private final MemoryBuckets buckets = new MemoryBuckets();
    private final MemoryBucket bucket = buckets.create("control");

    private MemoryStore store(MemoryOptions options) {
        return new MemoryStore(buckets, "control", options, new RequestMeter(), Clock.systemUTC());
    }

    private static ProbedCapabilities probe(ObjectStore store) {
        return new StoreProbe(new ControlObjects(store), KeyPrefix.NONE, "p1").probe(DECLARED, NOON);
    }

    @Test
    void findsEveryConditionThatAStoreHonoursAndLeavesNothingBehind() {
        ProbedCapabilities found = probe(store(MemoryOptions.S3_LIKE));

        assertThat(found.found()).containsAll(StoreProbe.claims(DECLARED));
        assertThat(bucket.names()).isEmpty();
    }

    @Test
    void findsNothingMoreWhereConditionsAreIgnored() {
        assertThat(probe(store(MemoryOptions.WEAK)).found()).isEqualTo(DECLARED);
        assertThat(bucket.names()).isEmpty();
    }

    @Test
    void findsEachConditionByItself() {
        for (Capability lacking : EnumSet.of(
                Capability.CREATE_ONLY_WRITE,
                Capability.CONDITIONAL_WRITE,
                Capability.CREATE_ONLY_COPY,
                Capability.CONDITIONAL_COPY,
                Capability.CONDITIONAL_DELETE,
                Capability.PINNED_READ)) {
            Set<Capability> expected = EnumSet.copyOf(StoreProbe.claims(DECLARED));
            expected.remove(lacking);

            assertThat(probe(store(MemoryOptions.S3_LIKE.lacking(lacking))).found())
                    .as("lacking " + lacking)
                    .containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @Test
    void aStoreThatChecksFirstAndWritesThenIsFoundOutByRacing() {
        CheckThenWriteStore racy = new CheckThenWriteStore(store(MemoryOptions.S3_LIKE));

        assertThat(probe(racy).found()).doesNotContain(Capability.CREATE_ONLY_WRITE);
    }

    @Test
    void aWinnerWhoseAnswerIsLostIsNoReasonToDistrust() {
        FaultyStore store = new FaultyStore(store(MemoryOptions.S3_LIKE));
        AtomicInteger races = new AtomicInteger();
        store.on(WRITE).keys(key -> key.text().contains("race-1")).every(5).losesItsAnswer();
        store.on(WRITE).keys(key -> key.text().contains("race")).runsBefore(races::incrementAndGet);

        assertThat(probe(store).found()).contains(Capability.CREATE_ONLY_WRITE);
        assertThat(races).hasValue(StoreProbe.WRITERS * StoreProbe.ROUNDS);
    }

    @Test
    void aStoreThatCantBeWrittenIsAFailureNotAVerdict() {
        FaultyStore store = new FaultyStore(store(MemoryOptions.S3_LIKE));
        store.on(WRITE).isDenied();

        assertThatThrownBy(() -> probe(store)).isInstanceOf(AccessDeniedException.class);
    }

    @Test
    void aVerdictHoldsForItsBucketItsProbeAndThirtyDays() {
        MemoryStore store = store(MemoryOptions.S3_LIKE);
        ProbedCapabilities verdict = probe(store);
        buckets.create("other");

        assertThat(verdict.speaksFor(store.bucket(), StoreProbe.VERSION, NOON.plus(Duration.ofDays(29))))
                .isTrue();
        assertThat(verdict.speaksFor(store.bucket(), StoreProbe.VERSION, NOON.plus(Duration.ofDays(30))))
                .isFalse();
        assertThat(verdict.speaksFor(store.bucket(), StoreProbe.VERSION + 1, NOON))
                .isFalse();
        assertThat(verdict.speaksFor(new MemoryStore(buckets, "other").bucket(), StoreProbe.VERSION, NOON))
                .isFalse();
        assertThat(verdict.speaksFor(store.bucket(), StoreProbe.VERSION, NOON.minus(Duration.ofDays(2))))
                .isFalse();
    }
}

package dev.replicator.hook.lease;

import static dev.replicator.testkit.StoreOperation.LIST_PAGE;
import static dev.replicator.testkit.StoreOperation.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.replicator.execute.MutationGuard;
import dev.replicator.hook.control.ControlObjects;
import dev.replicator.hook.control.LeaseOwner;
import dev.replicator.store.RequestMeter;
import dev.replicator.store.TransientStoreException;
import dev.replicator.testkit.FaultyStore;
import dev.replicator.testkit.SettableClock;
import dev.replicator.testkit.memory.MemoryBucket;
import dev.replicator.testkit.memory.MemoryBuckets;
import dev.replicator.testkit.memory.MemoryOptions;
import dev.replicator.testkit.memory.MemoryStore;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LeaseTest {
    private static final Duration TTL = Duration.ofSeconds(30);
    private static final Duration BEAT = TTL.dividedBy(3);

    private final VirtualTime time = new VirtualTime();
    private final MemoryBuckets buckets = new MemoryBuckets();
    private final MemoryBucket bucket = buckets.create("control");
    private final FaultyStore store = store(time.clock());

    private final Leases one = leases("one", store, time);
    private final Leases two = leases("two", store(time.clock()), time);

    private FaultyStore store(SettableClock clock) {
        return new FaultyStore(new MemoryStore(buckets, "control", MemoryOptions.S3_LIKE, new RequestMeter(), clock));
    }

    private static Leases leases(String id, FaultyStore store, Timing timing) {
        return new Leases(
                new ControlObjects(store), timing, new LeaseOwner(id, "host-" + id, 1, "d", timing.now(), TTL));
    }

    @Test
    void theFirstTakesNumberOneAndTheOtherSeesWhoHoldsIt() {
        Lease lease = one.take(one.look()).orElseThrow();

        assertThat(lease.number()).isEqualTo(1);
        assertThat(bucket.names()).containsExactly("lease/00000000000000000001/owner");
        assertThat(two.isFree(two.look())).isFalse();
        assertThat(two.look().holder()).isEqualTo("host-one pid 1");
    }

    @Test
    void ofTwoThatSawTheSameOnlyOneTakesIt() {
        LeaseView seen = two.look();
        assertThat(one.take(one.look())).isPresent();

        assertThat(two.take(seen)).isEmpty();
    }

    @Test
    void aReleasedLeaseIsFreeAtOnceAndNumbersGoOnRising() {
        one.take(one.look()).orElseThrow().release();
        LeaseView seen = two.look();

        assertThat(two.isFree(seen)).isTrue();
        assertThat(two.take(seen).orElseThrow().number()).isEqualTo(2);
        assertThat(bucket.names()).containsExactly("lease/00000000000000000002/owner");
    }

    @Test
    void beatsKeepALeaseForAsLongAsItBeats() {
        Lease lease = one.take(one.look()).orElseThrow();

        for (int beat = 1; beat <= 100; beat++) {
            time.advance(BEAT);
            lease.beat();
            assertThat(two.isFree(two.look())).isFalse();
            assertThatCode(lease::check).doesNotThrowAnyException();
        }
        assertThat(bucket.names())
                .containsExactly("lease/00000000000000000001/beat-100", "lease/00000000000000000001/owner");
    }

    @Test
    void aCrashedHoldersLeaseIsTakenOverOnceItsTtlIsOver() {
        assertThat(one.take(one.look())).isPresent();
        two.isFree(two.look());

        time.advance(TTL.minusSeconds(1));
        assertThat(two.isFree(two.look())).isFalse();

        time.advance(Duration.ofSeconds(1));
        assertThat(two.isFree(two.look())).isTrue();
        assertThat(two.take(two.look()).orElseThrow().number()).isEqualTo(2);
    }

    @Test
    void aLeaseThatExpiredLongAgoIsTakenAfterAShortWatch() {
        assertThat(one.take(one.look())).isPresent();
        time.advance(Duration.ofDays(1));

        assertThat(two.isFree(two.look())).isFalse();
        assertThat(two.looksExpired(two.look())).isTrue();

        time.advance(TTL.dividedBy(2));
        assertThat(two.isFree(two.look())).isTrue();
    }

    @Test
    void aCalendarThatIsAnHourAheadTakesNoLivingHoldersLease() {
        Lease lease = one.take(one.look()).orElseThrow();
        SettableClock ahead = new SettableClock(time.now().plus(Duration.ofHours(1)));
        Leases skewed = leases("skewed", store(ahead), time);

        for (int beat = 0; beat < 20; beat++) {
            time.advance(BEAT);
            ahead.advance(BEAT);
            lease.beat();
            assertThat(skewed.looksExpired(skewed.look())).isTrue();
            assertThat(skewed.isFree(skewed.look())).isFalse();
        }
    }

    @Test
    void aCalendarThatIsAnHourBehindStillTakesADeadHoldersLease() {
        assertThat(one.take(one.look())).isPresent();
        SettableClock behind = new SettableClock(time.now().minus(Duration.ofHours(1)));
        Leases skewed = leases("skewed", store(behind), time);
        assertThat(skewed.isFree(skewed.look())).isFalse();

        time.advance(TTL);

        assertThat(skewed.isFree(skewed.look())).isTrue();
    }

    @Test
    void theHoldersTtlCountsNotTheWatchers() {
        LeaseOwner impatient = new LeaseOwner("two", "host", 2, "d", time.now(), Duration.ofSeconds(1));
        Leases watcher = new Leases(new ControlObjects(store(time.clock())), time, impatient);
        assertThat(one.take(one.look())).isPresent();
        watcher.isFree(watcher.look());

        time.advance(TTL.minusMillis(1));

        assertThat(watcher.isFree(watcher.look())).isFalse();
    }

    @Test
    void aHolderStopsBeforeOthersMayTakeItsLease() {
        Lease lease = one.take(one.look()).orElseThrow();

        time.advance(TTL.multipliedBy(4).dividedBy(5).minusMillis(1));
        assertThatCode(lease::check).doesNotThrowAnyException();

        time.advance(Duration.ofMillis(1));
        assertThatThrownBy(lease::check)
                .isInstanceOf(MutationGuard.NotAllowedException.class)
                .hasMessageContaining("lease 1");
    }

    @Test
    void aHolderThatWasPausedBeyondItsTtlHasLostForEver() {
        Lease lease = one.take(one.look()).orElseThrow();

        time.jump(TTL.multipliedBy(3));
        lease.beat();

        assertThatThrownBy(lease::check).isInstanceOf(MutationGuard.NotAllowedException.class);
        assertThat(bucket.names()).containsExactly("lease/00000000000000000001/owner");
    }

    @Test
    void aBeatWhoseAnswerComesTooLateDoesNotReviveALease() {
        Lease lease = one.take(one.look()).orElseThrow();
        store.on(WRITE).nth(1).runsAfter(() -> time.jump(TTL));

        time.advance(BEAT);
        lease.beat();

        assertThatThrownBy(lease::check).isInstanceOf(MutationGuard.NotAllowedException.class);
    }

    @Test
    void theTermCountsFromBeforeABeatWasSent() {
        Lease lease = one.take(one.look()).orElseThrow();
        store.on(WRITE).nth(1).runsAfter(() -> time.jump(Duration.ofSeconds(10)));
        time.advance(BEAT);
        lease.beat();

        time.advance(Duration.ofSeconds(14).minusMillis(1));
        assertThatCode(lease::check).doesNotThrowAnyException();
        time.advance(Duration.ofMillis(1));
        assertThatThrownBy(lease::check).isInstanceOf(MutationGuard.NotAllowedException.class);
    }

    @Test
    void aFailedBeatLeavesTimeForTheNext() {
        Lease lease = one.take(one.look()).orElseThrow();
        store.on(WRITE).first(6).failsTransiently();

        time.advance(BEAT);
        lease.beat();
        assertThat(bucket.names()).containsExactly("lease/00000000000000000001/owner");
        time.advance(BEAT);
        lease.beat();
        time.advance(BEAT);

        assertThatCode(lease::check).doesNotThrowAnyException();
        assertThat(bucket.names()).contains("lease/00000000000000000001/beat-2");
    }

    @Test
    void aHeartbeatThatHangsIsOvertakenAndTheLeaseIsKept() throws InterruptedException {
        Duration ttl = Duration.ofSeconds(3);
        CountDownLatch never = new CountDownLatch(1);
        store.on(WRITE).key("lease/00000000000000000001/beat-1").nth(1).runsBefore(() -> awaitUninterruptibly(never));
        Timing clock = Timing.system(Clock.systemUTC());
        Leases hurried = new Leases(
                new ControlObjects(store),
                clock,
                new LeaseOwner("hurried", "host", 1, "d", clock.now(), ttl),
                new Attempts(RequestLimit.daemon("lease-test"), clock));
        Lease lease = hurried.take(hurried.look()).orElseThrow();
        CountDownLatch lived = new CountDownLatch(1);
        long taken = clock.nanos();

        try (Ticker.Ticking ticking = Ticker.daemon("beats").every(ttl.dividedBy(3), () -> {
            lease.beat();
            if (clock.nanos() - taken > ttl.toNanos() || lease.lost().isPresent()) {
                lived.countDown();
            }
        })) {
            assertThat(lived.await(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            never.countDown();
        }

        assertThat(lease.lost()).isEmpty();
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        boolean interrupted = false;
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aReleaseWhoseRequestHangsEndsSoon() {
        Duration ttl = Duration.ofSeconds(1);
        CountDownLatch never = new CountDownLatch(1);
        Timing clock = Timing.system(Clock.systemUTC());
        Leases hurried = new Leases(
                new ControlObjects(store),
                clock,
                new LeaseOwner("hurried", "host", 1, "d", clock.now(), ttl),
                new Attempts(RequestLimit.daemon("lease-test"), clock));
        Lease lease = hurried.take(hurried.look()).orElseThrow();
        store.on(WRITE).runsBefore(() -> awaitUninterruptibly(never));

        assertTimeoutPreemptively(Duration.ofSeconds(30), lease::release);

        assertThat(two.look().released()).isFalse();
        never.countDown();
    }

    @Test
    void aHolderThatSeesAHigherNumberStopsAtOnce() {
        Lease lease = one.take(one.look()).orElseThrow();
        bucket.put("lease/00000000000000000002/owner", "somebody", time.now());

        time.advance(BEAT);
        lease.beat();

        assertThatThrownBy(lease::check)
                .isInstanceOf(MutationGuard.NotAllowedException.class)
                .hasMessageContaining("lease 2");
    }

    @Test
    void aCreationWhoseAnswerWasLostIsRecognisedAsOurs() {
        store.on(WRITE).nth(1).losesItsAnswer();

        assertThat(one.take(one.look())).isPresent();
    }

    @Test
    void aCreationThatFailedForGoodIsAFailureNotALease() {
        store.on(WRITE).failsTransiently();
        LeaseView seen = one.look();

        assertThatThrownBy(() -> one.take(seen)).isInstanceOf(TransientStoreException.class);
        assertThat(bucket.names()).isEmpty();
    }

    @Test
    void aLeaseThatCantBeConfirmedIsGivenBack() {
        LeaseView seen = one.look();
        store.on(LIST_PAGE).failsTransiently();

        assertThatThrownBy(() -> one.take(seen)).isInstanceOf(TransientStoreException.class);

        assertThat(two.isFree(two.look())).isTrue();
    }

    @Test
    void aSlowTakerCantHaveANumberThatWasRemovedLongAgo() {
        one.take(one.look()).orElseThrow().release();
        LeaseView old = two.look();
        one.take(one.look()).orElseThrow().release();
        Lease third = one.take(one.look()).orElseThrow();
        assertThat(third.number()).isEqualTo(3);

        assertThat(two.take(old)).isEmpty();
        assertThat(bucket.names()).containsExactly("lease/00000000000000000003/owner");
        third.beat();
        assertThatCode(third::check).doesNotThrowAnyException();
    }

    @Test
    void aReleaseAfterTheLossTouchesNothing() {
        Lease lease = one.take(one.look()).orElseThrow();
        time.jump(TTL);
        Lease next = two.take(one.look()).orElseThrow();
        int calls = store.mutations().size();

        lease.release();

        assertThat(store.mutations()).hasSize(calls);
        assertThatCode(next::check).doesNotThrowAnyException();
    }

    @Test
    void aReleaseRemovesTheBeats() {
        Lease lease = one.take(one.look()).orElseThrow();
        time.advance(BEAT);
        lease.beat();

        lease.release();

        assertThat(bucket.names())
                .containsExactly("lease/00000000000000000001/owner", "lease/00000000000000000001/released");
        assertThatThrownBy(lease::check).isInstanceOf(MutationGuard.NotAllowedException.class);
    }

    @Test
    void anOwnerThatCantBeReadStillRules() {
        bucket.put("lease/00000000000000000005/owner", "torn", time.now());
        LeaseView view = one.look();

        assertThat(view.number()).isEqualTo(5);
        assertThat(one.isFree(view)).isFalse();
        assertThat(view.holder()).isEqualTo("an unknown process");
        time.advance(TTL);
        assertThat(one.take(one.look()).orElseThrow().number()).isEqualTo(6);
    }

    @Test
    void strangersAmongTheLeasesAreIgnored() {
        bucket.put("lease/readme.txt", "", time.now());
        bucket.put("lease/99999999999999999999/owner", "", time.now());
        bucket.put("lease/7/owner", "", time.now());

        assertThat(one.look().number()).isZero();
    }

    @Test
    void theOwnerRecordHoldsNoMoreThanWhoAndWhere() {
        assertThat(one.take(one.look())).isPresent();

        String record = new String(
                bucket.get("lease/00000000000000000001/owner").orElseThrow().bytes(),
                java.nio.charset.StandardCharsets.UTF_8);
        assertThat(record)
                .startsWith("{\"schema\":1,\"id\":\"one\",\"host\":\"host-one\",\"pid\":1,\"deployment\":\"d\","
                        + "\"startedAt\":\"2026-01-01T00:00:00Z\",\"ttlMillis\":30000,\"checksum\":");
    }
}

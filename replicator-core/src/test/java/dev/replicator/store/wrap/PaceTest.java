package dev.replicator.store.wrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.replicator.store.TransientStoreException;
import dev.replicator.store.TransientStoreException.Trouble;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Throttling slows down, good answers speed up again. */
@Timeout(30)
class PaceTest {
    private final AtomicLong nanos = new AtomicLong();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private Pace pace(int most) {
        return new Pace("test", most, 0, nanos::get);
    }

    private static TransientStoreException throttled() {
        return new TransientStoreException(Trouble.THROTTLED, "slow down");
    }

    private void throttle(Pace pace) {
        nanos.addAndGet(Duration.ofMillis(300).toNanos());
        assertThatThrownBy(() -> pace.within(() -> {
                    throw throttled();
                }))
                .isInstanceOf(TransientStoreException.class);
    }

    private static void good(Pace pace, int answers) {
        for (int i = 0; i < answers; i++) {
            assertThat(pace.within(() -> 1)).isEqualTo(1);
        }
    }

    @Test
    void aThrottledAnswerCutsToSevenTenths() {
        Pace pace = pace(100);

        throttle(pace);
        assertThat(pace.limit()).isEqualTo(70);
        throttle(pace);
        assertThat(pace.limit()).isEqualTo(49);
    }

    @Test
    void aBurstOfThrottledAnswersCutsOnce() {
        Pace pace = pace(100);

        throttle(pace);
        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(() -> pace.within(() -> {
                        throw throttled();
                    }))
                    .isInstanceOf(TransientStoreException.class);
        }

        assertThat(pace.limit()).isEqualTo(70);
    }

    @Test
    void otherTroubleCutsNothing() {
        Pace pace = pace(10);

        assertThatThrownBy(() -> pace.within(() -> {
                    throw new TransientStoreException(Trouble.SERVER_ERROR, "500");
                }))
                .isInstanceOf(TransientStoreException.class);

        assertThat(pace.limit()).isEqualTo(10);
    }

    @Test
    void neverFallsBelowOneAndRisesByOneForEachRoundOfGoodAnswers() {
        Pace pace = pace(8);
        for (int i = 0; i < 20; i++) {
            throttle(pace);
        }
        assertThat(pace.limit()).isEqualTo(1);

        good(pace, 1);
        assertThat(pace.limit()).isEqualTo(2);
        good(pace, 2);
        assertThat(pace.limit()).isEqualTo(3);
        good(pace, 200);
        assertThat(pace.limit()).isEqualTo(8);
    }

    @Test
    void noMoreThanTheLimitAreInFlight() throws InterruptedException, ExecutionException {
        Pace pace = pace(10);
        throttle(pace);
        throttle(pace);
        int limit = pace.limit();
        AtomicInteger inFlight = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch full = new CountDownLatch(limit);
        CountDownLatch go = new CountDownLatch(1);
        Future<?>[] requests = new Future<?>[20];
        for (int i = 0; i < requests.length; i++) {
            requests[i] = threads.submit(() -> pace.within(() -> {
                most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
                full.countDown();
                await(go);
                return inFlight.decrementAndGet();
            }));
        }
        assertThat(full.await(10, TimeUnit.SECONDS)).isTrue();

        assertThat(most).hasValue(limit);

        go.countDown();
        for (Future<?> request : requests) {
            request.get();
        }
    }

    /** Each waits for the other's turn if a limit is changed while one's own is held. */
    @Test
    void aCutAndARiseAtOnceDontBlockEachOther() throws Exception {
        Pace pace = pace(2);
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        CountDownLatch bothIn = new CountDownLatch(2);
        CountDownLatch cutting = new CountDownLatch(1);
        Future<?> good = threads.submit(() -> pace.within(() -> {
            bothIn.countDown();
            await(cutting);
            return awaitLimit(pace, 1);
        }));
        Future<?> bad = threads.submit(() -> pace.within(() -> {
            bothIn.countDown();
            await(bothIn);
            cutting.countDown();
            throw throttled();
        }));

        assertThat(good.get(10, TimeUnit.SECONDS)).isEqualTo(1);
        assertThatThrownBy(() -> bad.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(TransientStoreException.class);
        assertThat(pace.limit()).isEqualTo(2);
        good(pace, 4);
    }

    private static int awaitLimit(Pace pace, int limit) {
        long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (pace.limit() != limit && System.nanoTime() < patience) {
            Thread.onSpinWait();
        }
        return pace.limit();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void requestsPerSecondAreHeld() {
        Pace pace = new Pace("test", 4, 100, System::nanoTime);
        long start = System.nanoTime();

        good(pace, 30);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(150));
    }
}

package dev.replicator.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PartPoolTest {
    private static final int AT_ONCE = TransferSizes.PARTS_AT_ONCE;

    private final PartPool pool = new PartPool("test");
    private final CountDownLatch gate = new CountDownLatch(1);

    @AfterEach
    void close() {
        gate.countDown();
        pool.close();
    }

    /** What a part does that ends only when it is interrupted or let go. */
    private static void hold(CountDownLatch until) {
        try {
            if (!until.await(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("never let go");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    /**
     * Returns when the thread has told of its part's end: only then does it wait, for a bounded time, for another. The
     * thread itself is not held.
     */
    private static void holdUntilIdle(CompletableFuture<Thread> thread) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        Thread other = thread.orTimeout(30, TimeUnit.SECONDS).join();
        while (other != Thread.currentThread() && other.getState() != Thread.State.TIMED_WAITING && other.isAlive()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("never idle");
            }
            Thread.onSpinWait();
        }
    }

    private <T> FutureTask<T> inThread(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        new Thread(task, "writer").start();
        return task;
    }

    @Test
    void tellsResultsInOrderOfNumberHoweverPartsEnd() throws Exception {
        CountDownLatch others = new CountDownLatch(AT_ONCE - 1);

        List<Integer> results = pool.send(3 * AT_ONCE, number -> {
            if (number == 1) {
                hold(others);
            }
            others.countDown();
            return number * 10;
        });

        assertThat(results)
                .isEqualTo(IntStream.rangeClosed(1, 3 * AT_ONCE)
                        .map(number -> number * 10)
                        .boxed()
                        .toList());
    }

    @Test
    void sendsNoMorePartsOfOneObjectAtOnce() throws Exception {
        AtomicInteger running = new AtomicInteger();
        Set<Integer> seen = ConcurrentHashMap.newKeySet();

        pool.send(40, number -> {
            seen.add(running.incrementAndGet());
            Thread.yield();
            return running.decrementAndGet();
        });

        assertThat(seen).allMatch(count -> count <= AT_ONCE);
    }

    @Test
    void sendsPartsOneAfterTheOtherWhereAsked() throws Exception {
        AtomicInteger last = new AtomicInteger();

        List<Integer> before = pool.sendInOrder(20, last::getAndSet);

        assertThat(before).isEqualTo(IntStream.range(0, 20).boxed().toList());
    }

    @Test
    void theFirstFailureStopsTheRestAndIsToldWhenNoPartIsOnItsWay() {
        AtomicInteger begun = new AtomicInteger();
        AtomicInteger ended = new AtomicInteger();
        CompletableFuture<Thread> failing = new CompletableFuture<>();

        assertThatThrownBy(() -> pool.send(100, number -> {
                    begun.incrementAndGet();
                    if (number == 2) {
                        ended.incrementAndGet();
                        failing.complete(Thread.currentThread());
                        throw new CorruptObjectException("part 2");
                    }
                    holdUntilIdle(failing);
                    return ended.incrementAndGet();
                }))
                .isInstanceOf(CorruptObjectException.class)
                .hasMessage("part 2");

        assertThat(begun).as("the parts that went with the one that failed").hasValue(AT_ONCE);
        assertThat(ended).hasValue(AT_ONCE);
    }

    @Test
    void anInterruptIsToldOnlyWhenNoPartIsOnItsWay() throws Exception {
        Semaphore begun = new Semaphore(0);
        AtomicInteger count = new AtomicInteger();
        AtomicInteger ended = new AtomicInteger();
        List<Integer> endedThen = new ArrayList<>();
        Thread[] writer = new Thread[1];
        FutureTask<Object> sending = inThread(() -> {
            writer[0] = Thread.currentThread();
            try {
                return pool.send(50, number -> {
                    count.incrementAndGet();
                    begun.release();
                    try {
                        hold(gate);
                    } finally {
                        ended.incrementAndGet();
                    }
                    return number;
                });
            } finally {
                endedThen.add(ended.get());
            }
        });
        assertThat(begun.tryAcquire(AT_ONCE, 30, TimeUnit.SECONDS)).isTrue();

        writer[0].interrupt();

        assertThatThrownBy(() -> sending.get(30, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(InterruptedException.class);
        assertThat(count).hasValue(AT_ONCE);
        assertThat(endedThen).containsExactly(AT_ONCE);
    }

    @Test
    void closingTellsWritersWhosePartsNoThreadHasTakenUp() throws Exception {
        Semaphore begun = new Semaphore(0);
        List<FutureTask<List<Integer>>> writers = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            writers.add(inThread(() -> pool.send(AT_ONCE, number -> {
                begun.release();
                hold(gate);
                return number;
            })));
        }
        assertThat(begun.tryAcquire(16, 30, TimeUnit.SECONDS)).isTrue();

        pool.close();

        for (FutureTask<List<Integer>> writer : writers) {
            assertThatThrownBy(() -> writer.get(30, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void aClosedPoolRefusesPartsAndDropsWhatWasToBeDoneLater() {
        AtomicBoolean done = new AtomicBoolean();
        pool.close();

        assertThatCode(() -> pool.later(() -> done.set(true))).doesNotThrowAnyException();
        assertThatThrownBy(() -> pool.send(3, number -> number))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the store is closed");
        assertThat(done).isFalse();
    }
}

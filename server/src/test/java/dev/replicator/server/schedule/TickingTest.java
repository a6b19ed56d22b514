package dev.replicator.server.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TickingTest {
    private static final Duration PAUSE = Duration.ofMillis(1);
    private static final Duration SOON = Duration.ofSeconds(20);

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger times = new AtomicInteger();

    @Test
    void anErrorOfTheMachineEndsNothing() {
        Runnable task = () -> {
            if (times.incrementAndGet() < 4) {
                throw new OutOfMemoryError("of a test");
            }
        };
        try (Ticking ticking = ticking(task)) {
            Awaitility.await().atMost(SOON).until(() -> times.get() > 5);

            assertThat(ticking.isAlive()).isTrue();
        }
    }

    @Test
    void whatFailsAtAnErrorAllTheWhileIsDeadUntilItIsNot() {
        CountDownLatch repaired = new CountDownLatch(1);
        Runnable task = () -> {
            times.incrementAndGet();
            if (repaired.getCount() > 0) {
                throw new NoClassDefFoundError("of a test");
            }
        };
        try (Ticking ticking = ticking(task)) {
            nanos.addAndGet(Duration.ofMinutes(2).toNanos());
            Awaitility.await().atMost(SOON).until(() -> times.get() > 2);
            assertThat(ticking.isAlive()).isFalse();

            repaired.countDown();

            Awaitility.await().atMost(SOON).until(ticking::isAlive);
        }
    }

    @Test
    void whatIsTriedInVainIsAliveAndWhatIsStuckIsNot() throws Exception {
        CountDownLatch stuck = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Runnable task = () -> {
            if (times.incrementAndGet() < 3) {
                throw new IllegalStateException("the database is away");
            }
            stuck.countDown();
            await(goOn);
        };
        try (Ticking ticking = ticking(task)) {
            await(stuck);
            nanos.addAndGet(Duration.ofSeconds(50).toNanos());
            assertThat(ticking.isAlive()).isTrue();
            nanos.addAndGet(Duration.ofSeconds(20).toNanos());
            assertThat(ticking.isAlive()).isFalse();

            goOn.countDown();

            Awaitility.await().atMost(SOON).until(ticking::isAlive);
        }
    }

    @Test
    void theEndWaitsOnceForAllThatHangAndNotForOneAfterTheOther() {
        int hanging = 20;
        Duration patience = Duration.ofMillis(250);
        CountDownLatch begun = new CountDownLatch(hanging);
        CountDownLatch never = new CountDownLatch(1);
        List<Ticking> all = new ArrayList<>();
        for (int i = 0; i < hanging; i++) {
            all.add(ticking(() -> {
                begun.countDown();
                await(never);
            }));
        }
        await(begun);

        long from = System.nanoTime();
        Ticking.close(all, patience);

        assertThat(Duration.ofNanos(System.nanoTime() - from)).isBetween(patience, patience.multipliedBy(hanging / 2));
        never.countDown();
    }

    private Ticking ticking(Runnable task) {
        return Ticking.every(PAUSE, Duration.ofMinutes(1), "test", task, nanos::get);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

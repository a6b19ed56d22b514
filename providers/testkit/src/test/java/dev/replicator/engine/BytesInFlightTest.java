package dev.replicator.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.replicator.RunOptions;
import dev.replicator.execute.ActionResult;
import dev.replicator.execute.Cancellation;
import dev.replicator.job.ReplicationJob;
import dev.replicator.job.TransferSettings;
import dev.replicator.plan.Action;
import dev.replicator.report.Outcome;
import dev.replicator.report.RunListener;
import dev.replicator.report.RunReport;
import dev.replicator.testkit.StoreOperation;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** However many workers there are: no more bytes pass through this process at once than allowed. */
class BytesInFlightTest {
    private static final int KIB = 1 << 10;
    private static final int MIB = 1 << 20;

    private final World world = World.streaming();
    private final AtomicLong held = new AtomicLong();
    private final AtomicLong most = new AtomicLong();

    private static ReplicationJob job(long bytesInFlight) {
        return World.job()
                .withTransfer(TransferSettings.DEFAULT.withConcurrency(16).withBytesInFlight(bytesInFlight));
    }

    private void fill(int objects, int size) {
        String content = "x".repeat(size);
        for (int i = 0; i < objects; i++) {
            world.dev.put("k" + i, content, world.clock.instant());
        }
        world.destination.fails(store -> store.on(StoreOperation.WRITE)
                .runsBefore(() -> most.accumulateAndGet(held.addAndGet(size), Math::max)));
        world.destination.fails(store -> store.on(StoreOperation.WRITE).runsAfter(() -> held.addAndGet(-size)));
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void theLimitIsUsedAndNeverExceeded() {
        fill(60, 300 * KIB);
        CountDownLatch three = new CountDownLatch(3);
        world.destination.fails(store -> store.on(StoreOperation.WRITE).first(3).runsBefore(() -> {
            three.countDown();
            await(three);
        }));

        RunReport report = world.run(job(MIB));

        assertThat(report.counts().copied()).isEqualTo(60);
        assertThat(most.get()).isEqualTo(3L * 300 * KIB);
    }

    @Test
    void anObjectLargerThanTheLimitGoesAlone() {
        fill(4, 2 * MIB);

        RunReport report = world.run(job(MIB));

        assertThat(report.counts().copied()).isEqualTo(4);
        assertThat(most.get()).isEqualTo(2L * MIB);
    }

    @Test
    void whatFailsGivesItsShareBack() {
        fill(30, 600 * KIB);
        world.destination.fails(
                store -> store.on(StoreOperation.WRITE).first(20).isDenied());

        RunReport report = assertTimeoutPreemptively(Duration.ofSeconds(20), () -> world.run(job(MIB)));

        assertThat(report.counts().copied()).isEqualTo(10);
        assertThat(report.counts().failed()).isEqualTo(20);
    }

    @Test
    void copiesByTheStoreItselfAreNotHeldBack() {
        World byStore = new World();
        byStore.fill(byStore.dev, "k", 3);
        CountDownLatch three = new CountDownLatch(3);
        byStore.destination.fails(store -> store.on(StoreOperation.COPY).runsBefore(() -> {
            three.countDown();
            await(three);
        }));

        RunReport report = byStore.run(job(1));

        assertThat(report.counts().copied()).isEqualTo(3);
    }

    @Test
    void whoWaitsForBytesWhenTheRunIsStoppedIsNotRun() {
        fill(10, MIB);
        Cancellation cancellation = new Cancellation();
        AtomicInteger notRun = new AtomicInteger();
        CountDownLatch submitted = new CountDownLatch(5);
        world.destination.fails(store -> store.on(StoreOperation.WRITE).nth(1).runsBefore(() -> {
            await(submitted);
            cancellation.cancel("ctrl-c");
        }));

        RunReport report = assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> world.run(
                        job(MIB),
                        RunOptions.defaults().withCancellation(cancellation).withListener(new RunListener() {
                            @Override
                            public void planned(Action action) {
                                submitted.countDown();
                            }

                            @Override
                            public void finished(ActionResult result) {
                                notRun.addAndGet(result instanceof ActionResult.NotRun ? 1 : 0);
                            }
                        })));

        assertThat(report.outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(report.counts().copied()).isEqualTo(1);
        assertThat(report.counts().failed()).isZero();
        assertThat(notRun.get()).isPositive();
    }
}

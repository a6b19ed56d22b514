package dev.replicator.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.replicator.RunOptions;
import dev.replicator.diff.Change;
import dev.replicator.execute.ActionResult;
import dev.replicator.execute.Cancellation;
import dev.replicator.execute.Problem;
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
import org.junit.jupiter.api.Test;

/** A run that is stopped from outside, and a pool that never takes in more than it can hold. */
class CancellationTest {
    private final World world = new World();
    private final Cancellation cancellation = new Cancellation();

    private RunOptions with(RunListener listener) {
        return RunOptions.defaults().withCancellation(cancellation).withListener(listener);
    }

    @Test
    void whatIsInFlightFinishesAndTheRestIsNotRun() {
        world.fill(world.dev, "a/", 500);
        AtomicInteger planned = new AtomicInteger();
        CountDownLatch tenEnded = new CountDownLatch(10);

        RunReport report = world.run(World.job(), with(new RunListener() {
            @Override
            public void planned(Action action) {
                if (planned.incrementAndGet() == 20) {
                    await(tenEnded);
                    cancellation.cancel("enough");
                }
            }

            @Override
            public void finished(ActionResult result) {
                tenEnded.countDown();
            }
        }));

        int sent = world.destination.mutations().size();
        assertThat(report.outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(report.problem()).map(Problem::kind).contains(Problem.Kind.CANCELLED);
        assertThat(report.counts().copied()).isBetween(10L, 40L).isEqualTo(sent).isEqualTo(world.prod.size());
        assertThat(report.counts().failed() + report.counts().stale()).isZero();
        assertThat(report.counts().notRun()).isPositive();
    }

    @Test
    void aRunThatWasCancelledBeforeItBeganSendsNothing() {
        world.fill(world.dev, "a/", 5);
        cancellation.cancel("never mind");

        RunReport report = world.run(World.mirror(), with(RunListener.SILENT));

        assertThat(report.outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(report.requests()).isEmpty();
    }

    @Test
    void aLongStretchOfEqualObjectsIsLeftToo() {
        world.fill(world.dev, "a/", 2_000);
        world.fill(world.prod, "a/", 2_000);
        world.source.wrapped(store -> new PagedStore(store, 10));
        world.destination.wrapped(store -> new PagedStore(store, 10));

        RunReport report = world.run(World.job(), with(new RunListener() {
            @Override
            public void listed(Change.Side side, long keys) {
                cancellation.cancel("at the first page");
            }
        }));

        assertThat(report.outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(world.source.calls(StoreOperation.LIST_PAGE)).hasSizeLessThan(5);
    }

    @Test
    void anInterruptIsACancellationAndIsHandedOn() {
        world.fill(world.dev, "a/", 50);

        RunReport report = assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            RunReport ended = world.run(World.mirror(), with(new RunListener() {
                @Override
                public void planned(Action action) {
                    Thread.currentThread().interrupt();
                }
            }));
            assertThat(Thread.interrupted()).isTrue();
            return ended;
        });

        assertThat(report.outcome()).isEqualTo(Outcome.CANCELLED);
    }

    /** From another thread, at moments nobody chose. */
    @Test
    void aCancellationAtAnyMomentEndsWithAReport() throws InterruptedException {
        world.fill(world.dev, "a/", 200);
        for (int round = 1; round <= 150; round++) {
            world.prod.clear();
            int moment = round;
            Cancellation now = new Cancellation();
            AtomicInteger planned = new AtomicInteger();
            Thread person = new Thread(() -> {
                while (planned.get() < moment) {
                    Thread.onSpinWait();
                }
                now.cancel("ctrl-c");
            });
            person.start();

            RunReport report = world.replicator.run(
                    World.job(), RunOptions.defaults().withCancellation(now).withListener(new RunListener() {
                        @Override
                        public void planned(Action action) {
                            planned.incrementAndGet();
                        }
                    }));
            person.join();

            assertThat(report.outcome()).isIn(Outcome.CANCELLED, Outcome.SUCCEEDED);
            assertThat(report.counts().copied()).isEqualTo(world.prod.size());
        }
    }

    /** Both workers wait for a store that says nothing, the queue is full: the run's own thread must still hear it. */
    @Test
    void aCancellationIsHeardWhileEveryWorkerIsStuck() {
        world.fill(world.dev, "a/", 20);
        CountDownLatch stuck = new CountDownLatch(2);
        CountDownLatch oneMoreThanTheQueueHolds = new CountDownLatch(5);
        CountDownLatch freed = new CountDownLatch(1);
        world.destination.fails(store -> store.on(StoreOperation.COPY).first(2).runsBefore(() -> {
            stuck.countDown();
            await(freed);
        }));
        AtomicInteger notRun = new AtomicInteger();
        Thread person = new Thread(() -> {
            await(stuck);
            await(oneMoreThanTheQueueHolds);
            cancellation.cancel("ctrl-c");
        });
        person.start();

        RunReport report = assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> world.run(
                        World.job().withTransfer(TransferSettings.DEFAULT.withConcurrency(2)), with(new RunListener() {
                            @Override
                            public void planned(Action action) {
                                oneMoreThanTheQueueHolds.countDown();
                            }

                            @Override
                            public void finished(ActionResult result) {
                                if (result instanceof ActionResult.NotRun && notRun.incrementAndGet() == 1) {
                                    freed.countDown();
                                }
                            }
                        })));

        assertThat(report.outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(report.counts().copied()).isEqualTo(2);
        assertThat(report.counts().notRun()).isPositive();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void noMoreActionsWaitThanThePoolCanHold() {
        world.fill(world.dev, "a/", 300);
        AtomicInteger waiting = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger inFlight = new AtomicInteger();
        AtomicInteger mostInFlight = new AtomicInteger();
        world.destination.fails(store -> store.on(StoreOperation.COPY)
                .runsBefore(() -> mostInFlight.accumulateAndGet(inFlight.incrementAndGet(), Math::max)));
        world.destination.fails(store -> store.on(StoreOperation.COPY).runsAfter(inFlight::decrementAndGet));

        RunReport report = world.run(
                World.job().withTransfer(TransferSettings.DEFAULT.withConcurrency(3)),
                RunOptions.defaults().withListener(new RunListener() {
                    @Override
                    public void planned(Action action) {
                        most.accumulateAndGet(waiting.incrementAndGet(), Math::max);
                    }

                    @Override
                    public void finished(ActionResult result) {
                        waiting.decrementAndGet();
                    }
                }));

        assertThat(report.counts().copied()).isEqualTo(300);
        assertThat(mostInFlight.get()).isLessThanOrEqualTo(3);
        assertThat(most.get()).isLessThanOrEqualTo(2 * 3 + 1);
    }
}

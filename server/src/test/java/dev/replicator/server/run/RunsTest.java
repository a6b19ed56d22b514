package dev.replicator.server.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.replicator.server.history.Database;
import dev.replicator.server.history.FreshDatabase;
import dev.replicator.server.history.SqlPlanShelf;
import dev.replicator.server.history.SqlRunLog;
import dev.replicator.server.plan.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs of servers that share a history. */
@Timeout(60)
class RunsTest {
    @TempDir
    Path directory;

    private Database database;
    private OneJob job;

    @BeforeEach
    void open() throws IOException {
        database = FreshDatabase.in(directory);
        job = OneJob.in(directory);
        Files.writeString(directory.resolve("dev/one"), "of one");
    }

    @AfterEach
    void close() {
        database.close();
    }

    private Runs runs(RunObserver observer) {
        return runs(observer, new SqlRunLog(database));
    }

    private Runs runs(RunObserver observer, RunLog log) {
        return job.runs(database, log, observer);
    }

    private static RunOrder order() {
        return new RunOrder("media", RunAction.SYNC, false, new Trigger(Trigger.Kind.SCHEDULE, "nightly", ""));
    }

    private static String accepted(Runs.Answer answer) {
        assertThat(answer).isInstanceOf(Runs.Answer.Accepted.class);
        return ((Runs.Answer.Accepted) answer).run().id();
    }

    @Test
    void anErrorOfTheMachineEndsItsRunAndNotTheJob() throws Exception {
        AtomicBoolean broken = new AtomicBoolean(true);
        try (Runs runs = runs(during(RunState.RUNNING, () -> {
            if (broken.getAndSet(false)) {
                throw new NoClassDefFoundError("something that is not there");
            }
        }))) {
            RunRecord first = runs.awaited(accepted(runs.start(order())), Duration.ofSeconds(10))
                    .orElseThrow();
            RunRecord second = runs.awaited(accepted(runs.start(order())), Duration.ofSeconds(20))
                    .orElseThrow();

            assertThat(first.state()).isEqualTo(RunState.FAILED);
            assertThat(first.message()).contains("something that is not there");
            assertThat(second.state()).isEqualTo(RunState.SUCCEEDED);
        }
    }

    @Test
    void aPlanIsNotTakenByAServerThatIsBeingStopped() throws Exception {
        SqlPlanShelf plans = new SqlPlanShelf(database);
        try (Runs runs = runs(RunObserver.SILENT)) {
            String plan = accepted(
                    runs.start(new RunOrder("media", RunAction.PLAN, false, new Trigger(Trigger.Kind.API, "me", ""))));
            runs.awaited(plan, Duration.ofSeconds(20));
            String digest = plans.find(plan).orElseThrow().digest();
            plans.decide(plan, digest, Plan.State.APPROVED, "me", "", Instant.EPOCH);
            runs.close();

            assertThatThrownBy(() -> runs.start(RunOrder.apply(
                            "media", new RunOrder.PlanRef(plan, digest), new Trigger(Trigger.Kind.API, "me", ""))))
                    .isInstanceOf(RejectedExecutionException.class);

            assertThat(plans.find(plan).orElseThrow().state()).isEqualTo(Plan.State.APPROVED);
        }
    }

    @Test
    void whatIsToWaitItsTurnWaitsForARunOfAnotherServerToo() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (Runs one = runs(during(RunState.RUNNING, () -> {
                    running.countDown();
                    await(goOn);
                }));
                Runs other = runs(RunObserver.SILENT)) {
            String id = accepted(one.start(order()));
            await(running);

            Runs.Answer early = other.startInTurn(order());
            goOn.countDown();
            one.awaited(id, Duration.ofSeconds(20));
            String later = accepted(other.startInTurn(order()));

            assertThat(early)
                    .isInstanceOfSatisfying(
                            Runs.Answer.Busy.class,
                            busy -> assertThat(busy.run().id()).isEqualTo(id));
            assertThat(other.awaited(later, Duration.ofSeconds(20)))
                    .hasValueSatisfying(run -> assertThat(run.state()).isEqualTo(RunState.NOTHING_TO_DO));
        } finally {
            goOn.countDown();
        }
    }

    @Test
    void aRunThatIsAskedToStopAsItEndsTellsItsEndOnce() throws Exception {
        AtomicReference<Runs> runs = new AtomicReference<>();
        List<RunState> told = new CopyOnWriteArrayList<>();
        RunObserver observer = new RunObserver() {
            @Override
            public void changed(RunRecord run) {
                told.add(run.state());
            }
        };
        runs.set(runs(observer, before(run -> {
            if (run.state().isEnd()) {
                runs.get().cancel(run.id(), "too late");
            }
        })));
        try (Runs these = runs.get()) {
            these.awaited(accepted(these.start(order())), Duration.ofSeconds(20));
        }

        assertThat(told).containsExactly(RunState.QUEUED, RunState.RUNNING, RunState.SUCCEEDED);
    }

    @Test
    void whoIsToldOfACancellationIsToldBeforeTheEnd() throws Exception {
        AtomicReference<Runs> runs = new AtomicReference<>();
        List<RunState> told = new CopyOnWriteArrayList<>();
        CountDownLatch ended = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        AtomicBoolean first = new AtomicBoolean(true);
        RunObserver observer = new RunObserver() {
            @Override
            public void changed(RunRecord run) {
                told.add(run.state());
                if (run.state().isEnd()) {
                    ended.countDown();
                }
            }

            @Override
            public void progressed(RunRecord run, RunProgress progress) {
                if (first.getAndSet(false)) {
                    new Thread(() -> runs.get().cancel(run.id(), "me"), "canceller").start();
                    await(asked);
                }
            }
        };
        runs.set(runs(observer, before(run -> {
            if (run.state() == RunState.CANCELLING) {
                asked.countDown();
                waitAWhile(ended); // the end has every chance to overtake
            }
        })));
        try (Runs these = runs.get()) {
            these.awaited(accepted(these.start(order())), Duration.ofSeconds(20));
            await(ended);
        }

        assertThat(told)
                .startsWith(RunState.QUEUED, RunState.RUNNING, RunState.CANCELLING)
                .hasSize(4);
    }

    private static void waitAWhile(CountDownLatch latch) {
        try {
            latch.await(500, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private RunLog before(Consumer<RunRecord> deed) {
        Set<RunState> seen = ConcurrentHashMap.newKeySet();
        return new WatchedRunLog(new SqlRunLog(database), run -> {
            if (seen.add(run.state())) {
                deed.accept(run);
            }
        });
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RunObserver during(RunState state, Runnable deed) {
        return new RunObserver() {
            @Override
            public void changed(RunRecord run) {
                if (run.state() == state) {
                    deed.run();
                }
            }

            @Override
            public void progressed(RunRecord run, RunProgress progress) {}
        };
    }
}

package dev.replicator.server.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.config.ScheduleSettings;
import dev.replicator.config.ScheduleSettings.Action;
import dev.replicator.config.ScheduleSettings.CatchUp;
import dev.replicator.config.ScheduleSettings.Timing;
import dev.replicator.server.history.Database;
import dev.replicator.server.history.FreshDatabase;
import dev.replicator.server.run.RunOrder;
import dev.replicator.server.run.RunRecord;
import dev.replicator.server.run.RunState;
import dev.replicator.server.run.Runs;
import dev.replicator.testkit.SettableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** When schedules start runs, over a real database and a clock that is set. */
@Timeout(60)
class SchedulerTest {
    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-21T12:00:00Z"));
    private final List<String> started = new ArrayList<>();
    private boolean busy;

    @TempDir
    Path directory;

    private Database database;

    Database freshDatabase() {
        return FreshDatabase.in(directory);
    }

    @BeforeEach
    void open() {
        database = freshDatabase();
    }

    @Test
    void startsARunWhenItIsDueAndNotBefore() {
        Scheduler scheduler = scheduler(nightly(CatchUp.ONE));

        look(scheduler, "2026-11-21T12:00:00Z", "2026-11-22T01:59:59Z");
        assertThat(started).isEmpty();
        look(scheduler, "2026-11-22T02:00:00Z", "2026-11-22T02:00:01Z", "2026-11-22T09:00:00Z");

        assertThat(started).containsExactly("media SYNC sync at 0 2 * * * UTC");
    }

    @Test
    void anIntervalCountsFromTheStartOfTheRunBefore() {
        Scheduler scheduler = scheduler(every("PT15M", CatchUp.ONE));

        look(scheduler, "2026-11-21T12:00:00Z", "2026-11-21T12:14:59Z");
        assertThat(started).isEmpty();
        look(scheduler, "2026-11-21T12:15:03Z", "2026-11-21T12:30:02Z");
        assertThat(started).hasSize(1);
        look(scheduler, "2026-11-21T12:30:03Z");

        assertThat(started).hasSize(2);
    }

    @Test
    void aRestartLosesNoTimeAndRepeatsNone() {
        look(scheduler(nightly(CatchUp.ONE)), "2026-11-21T12:00:00Z", "2026-11-22T02:00:00Z");

        look(scheduler(nightly(CatchUp.ONE)), "2026-11-22T02:00:01Z", "2026-11-22T08:00:00Z");
        assertThat(started).hasSize(1);
        look(scheduler(nightly(CatchUp.ONE)), "2026-11-23T02:00:00Z");

        assertThat(started).hasSize(2);
    }

    @Test
    void oneRunMakesUpForAllThatWasMissed() {
        look(scheduler(nightly(CatchUp.ONE)), "2026-11-21T12:00:00Z");

        look(scheduler(nightly(CatchUp.ONE)), "2026-11-27T09:00:00Z", "2026-11-27T09:00:01Z", "2026-11-28T01:59:00Z");

        assertThat(started).hasSize(1);
    }

    @Test
    void whatWasMissedIsLeftOutWhereThatIsAskedFor() {
        look(scheduler(nightly(CatchUp.SKIP)), "2026-11-21T12:00:00Z");
        Scheduler scheduler = scheduler(nightly(CatchUp.SKIP));

        look(scheduler, "2026-11-27T09:00:00Z");
        assertThat(started).isEmpty();
        look(scheduler, "2026-11-28T02:04:59Z");

        assertThat(started).as("a little late is not missed").hasSize(1);
    }

    @Test
    void aMachineThatSleptStartsOneRun() {
        Scheduler scheduler = scheduler(every("PT15M", CatchUp.ONE));

        look(scheduler, "2026-11-21T12:00:00Z", "2026-11-21T18:07:00Z", "2026-11-21T18:07:01Z", "2026-11-21T18:21:59Z");

        assertThat(started).hasSize(1);
    }

    @Test
    void aClockThatIsSetBackALittleRepeatsNothing() {
        Scheduler scheduler = scheduler(nightly(CatchUp.ONE));

        look(scheduler, "2026-11-21T12:00:00Z", "2026-11-22T02:00:00Z");
        look(scheduler, "2026-11-22T01:10:00Z", "2026-11-22T02:00:00Z", "2026-11-22T03:00:00Z");

        assertThat(started).hasSize(1);
    }

    @Test
    void aClockThatWasYearsAheadDoesNotSilenceASchedule() {
        Scheduler scheduler = scheduler(nightly(CatchUp.ONE), every("PT15M", CatchUp.ONE));

        look(scheduler, "2026-11-21T12:00:00Z", "2037-01-01T02:00:00Z");
        started.clear();
        look(scheduler, "2026-11-21T12:30:00Z", "2026-11-21T12:45:00Z", "2026-11-22T02:00:00Z");

        assertThat(started)
                .containsExactly(
                        "media VALIDATE validate every PT15M",
                        "media SYNC sync at 0 2 * * * UTC",
                        "media VALIDATE validate every PT15M");
    }

    @Test
    void jitterPutsOffByNoMoreThanItSays() {
        ScheduleSettings jittered = new ScheduleSettings(
                new Timing.Cron("0 2 * * *", ZoneOffset.UTC), Action.SYNC, Duration.ofMinutes(10), CatchUp.SKIP);
        Scheduler scheduler = scheduler(bound -> bound - 1, jittered);

        look(scheduler, "2026-11-21T12:00:00Z");
        assertThat(scheduler.nextRun("media")).contains(Instant.parse("2026-11-22T02:09:59.999Z"));
        look(scheduler, "2026-11-22T02:09:59Z");
        assertThat(started).isEmpty();
        look(scheduler, "2026-11-22T02:10:00Z", "2026-11-22T02:10:01Z");

        assertThat(started).hasSize(1);
    }

    @Test
    void aJobThatRunsLetsOneTimeWaitAndNotMore() {
        Scheduler scheduler = scheduler(every("PT15M", CatchUp.ONE));
        busy = true;
        look(scheduler, "2026-11-21T12:00:00Z", "2026-11-21T12:15:00Z", "2026-11-21T12:30:00Z", "2026-11-21T12:45:00Z");
        assertThat(started).isEmpty();

        busy = false;
        look(scheduler, "2026-11-21T12:46:00Z", "2026-11-21T12:47:00Z", "2026-11-21T12:59:00Z");

        assertThat(started).hasSize(1);
    }

    @Test
    void whatWaitsIsNotForgottenByARestart() {
        busy = true;
        look(scheduler(nightly(CatchUp.SKIP)), "2026-11-21T12:00:00Z", "2026-11-22T02:00:00Z");

        busy = false;
        look(scheduler(nightly(CatchUp.SKIP)), "2026-11-22T02:30:00Z", "2026-11-22T02:31:00Z");

        assertThat(started).hasSize(1);
    }

    @Test
    void aPauseOutlivesARestartAndNothingIsMadeUpForAfterwards() {
        Scheduler scheduler = scheduler(nightly(CatchUp.ONE));
        look(scheduler, "2026-11-21T12:00:00Z");
        scheduler.pause("media", "somebody");
        assertThat(scheduler.isPaused("media")).isTrue();
        assertThat(scheduler.nextRun("media")).isEmpty();

        Scheduler restarted = scheduler(nightly(CatchUp.ONE));
        look(restarted, "2026-11-25T02:00:00Z", "2026-11-25T02:00:01Z");
        assertThat(restarted.isPaused("media")).isTrue();
        clock.set(Instant.parse("2026-11-25T12:00:00Z"));
        restarted.resume("media");
        look(restarted, "2026-11-25T12:00:01Z");
        assertThat(started).isEmpty();
        assertThat(restarted.nextRun("media")).contains(Instant.parse("2026-11-26T02:00:00Z"));
        look(restarted, "2026-11-26T02:00:00Z");

        assertThat(started).hasSize(1);
    }

    @Test
    void aPauseDropsWhatWaits() {
        Scheduler scheduler = scheduler(nightly(CatchUp.ONE));
        busy = true;
        look(scheduler, "2026-11-21T12:00:00Z", "2026-11-22T02:00:00Z");

        scheduler.pause("media", "somebody");
        busy = false;
        scheduler.resume("media");
        look(scheduler, "2026-11-22T03:00:00Z");

        assertThat(started).isEmpty();
    }

    @Test
    void aChangedScheduleIsANewOne() {
        look(scheduler(nightly(CatchUp.ONE)), "2026-11-21T12:00:00Z");
        ScheduleSettings earlier = new ScheduleSettings(
                new Timing.Cron("0 1 * * *", ZoneOffset.UTC), Action.SYNC, Duration.ZERO, CatchUp.ONE);

        Scheduler scheduler = scheduler(earlier);
        look(scheduler, "2026-11-22T01:30:00Z");

        assertThat(started).as("nothing was missed: it is new").isEmpty();
        assertThat(scheduler.nextRun("media")).contains(Instant.parse("2026-11-23T01:00:00Z"));
    }

    @Test
    void ofServersOverOneDatabaseOneStartsTheRun() throws Exception {
        int servers = 3;
        AtomicInteger runs = new AtomicInteger();
        List<Scheduler> replicas = new ArrayList<>();
        for (int i = 0; i < servers; i++) {
            replicas.add(new Scheduler(
                    List.of(Schedule.of("media", every("PT1M", CatchUp.ONE))),
                    new ScheduleStore(database),
                    order -> {
                        runs.incrementAndGet();
                        return new Runs.Answer.Accepted(record(order));
                    },
                    clock,
                    new Planning(bound -> 0)));
        }
        replicas.forEach(Scheduler::look);
        CyclicBarrier together = new CyclicBarrier(servers, () -> clock.advance(Duration.ofMinutes(1)));
        ExecutorService threads = Executors.newFixedThreadPool(servers);

        List<Future<Void>> ends = new ArrayList<>();
        for (Scheduler replica : replicas) {
            ends.add(threads.submit(() -> {
                for (int minute = 0; minute < 40; minute++) {
                    together.await(20, TimeUnit.SECONDS);
                    replica.look();
                }
                return null;
            }));
        }
        for (Future<Void> end : ends) {
            end.get(40, TimeUnit.SECONDS);
        }
        threads.shutdown();

        assertThat(runs).hasValue(40);
    }

    private void look(Scheduler scheduler, String... times) {
        for (String time : times) {
            clock.set(Instant.parse(time));
            scheduler.look();
        }
    }

    private Scheduler scheduler(ScheduleSettings... settings) {
        return scheduler(bound -> 0, settings);
    }

    private Scheduler scheduler(LongUnaryOperator random, ScheduleSettings... settings) {
        return new Scheduler(
                List.of(settings).stream().map(one -> Schedule.of("media", one)).toList(),
                new ScheduleStore(database),
                this::start,
                clock,
                new Planning(random));
    }

    private Runs.Answer start(RunOrder order) {
        if (busy) {
            return new Runs.Answer.Busy(record(order));
        }
        started.add(order.job() + " " + order.action() + " " + order.trigger().by());
        return new Runs.Answer.Accepted(record(order));
    }

    private RunRecord record(RunOrder order) {
        return new RunRecord(
                "1",
                order.job(),
                order.action(),
                order.dryRun(),
                RunState.QUEUED,
                order.trigger(),
                clock.instant(),
                Optional.empty(),
                Optional.empty(),
                "",
                Optional.empty());
    }

    private static ScheduleSettings nightly(CatchUp catchUp) {
        return new ScheduleSettings(new Timing.Cron("0 2 * * *", ZoneOffset.UTC), Action.SYNC, Duration.ZERO, catchUp);
    }

    private static ScheduleSettings every(String interval, CatchUp catchUp) {
        return new ScheduleSettings(
                new Timing.Every(Duration.parse(interval)), Action.VALIDATE, Duration.ZERO, catchUp);
    }
}

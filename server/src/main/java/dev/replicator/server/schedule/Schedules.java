package dev.replicator.server.schedule;

import dev.replicator.config.Configuration;
import dev.replicator.server.history.Database;
import dev.replicator.server.run.RunOrder;
import dev.replicator.server.run.Runs;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

/** The schedules of a server, at work until closed. Thread-safe. */
public final class Schedules implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Scheduler scheduler;
    private final Ticking looking;

    private Schedules(Scheduler scheduler, Ticking looking) {
        this.scheduler = scheduler;
        this.looking = looking;
    }

    /**
     * Begins to start runs.
     *
     * @param starts gets the orders
     */
    public static Schedules start(
            Configuration configuration, Database database, Function<RunOrder, Runs.Answer> starts, Clock clock) {
        Scheduler scheduler = new Scheduler(
                Scheduler.of(configuration),
                new ScheduleStore(database),
                starts,
                clock,
                new Planning(bound -> ThreadLocalRandom.current().nextLong(bound + 1)));
        scheduler.look();
        return new Schedules(scheduler, Ticking.every(PAUSE, "schedules", scheduler::look));
    }

    public Scheduler scheduler() {
        return scheduler;
    }

    /** Whether they are looked at; see {@link Ticking#isAlive}. */
    public boolean areAlive() {
        return looking.isAlive();
    }

    @Override
    public void close() {
        looking.close();
    }
}

package dev.replicator.server.history;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Forgets runs that are too old or too many, with what became of their objects and their plans, in small steps that let
 * others write in between. What is under way is never forgotten. Of a plan that is gone remains, for as long again, that
 * it was there. Thread-safe; several servers may do it at once.
 */
public final class Retention {
    private static final int STEP = 2_000;
    private static final int RUNS = 100;
    private static final String ENDED = "state not in ('QUEUED', 'RUNNING', 'CANCELLING')";

    private final Database database;
    private final Duration keepRuns;
    private final int maxRuns;
    private final Clock clock;

    /** @param maxRuns of each job */
    public Retention(Database database, Duration keepRuns, int maxRuns, Clock clock) {
        this.database = database;
        this.keepRuns = keepRuns;
        this.maxRuns = maxRuns;
        this.clock = clock;
    }

    /** Runs that began before would be forgotten at once. */
    public Instant oldestKept() {
        return clock.instant().minus(keepRuns);
    }

    /** How many of each job are kept. */
    public int maxRuns() {
        return maxRuns;
    }

    /** Forgets what is due; gives how many runs that were. */
    public int sweep() {
        int forgotten = 0;
        for (List<String> due = due(); !due.isEmpty(); due = due()) {
            due.forEach(this::forget);
            forgotten += due.size();
        }
        database.change(handle -> handle.createUpdate("delete from plan where state = 'GONE' and created_at < :old")
                .bind("old", oldestKept().minus(keepRuns).toEpochMilli())
                .execute());
        return forgotten;
    }

    private List<String> due() {
        return database.read(handle -> handle.createQuery("select id from (select id, state, created_at,"
                        + " row_number() over (partition by job order by id desc) as place from run) ranked where "
                        + ENDED + " and (created_at < :old or place > :most) order by id limit :runs")
                .bind("old", oldestKept().toEpochMilli())
                .bind("most", maxRuns)
                .bind("runs", RUNS)
                .mapTo(String.class)
                .list());
    }

    private void forget(String run) {
        while (forgetSome(run) > 0) {}
        database.change(handle -> {
            handle.createUpdate("delete from plan_part where run_id = :run")
                    .bind("run", run)
                    .execute();
            handle.createUpdate("update plan set state = 'GONE' where run_id = :run")
                    .bind("run", run)
                    .execute();
            return handle.createUpdate("delete from run where id = :run and " + ENDED)
                    .bind("run", run)
                    .execute();
        });
    }

    private int forgetSome(String run) {
        return database.change(handle -> handle.createUpdate("delete from result where run_id = :run and number in"
                        + " (select number from result where run_id = :run order by number limit :step)")
                .bind("run", run)
                .bind("step", STEP)
                .execute());
    }
}

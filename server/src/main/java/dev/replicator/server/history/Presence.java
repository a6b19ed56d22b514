package dev.replicator.server.history;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Which servers live. Each says so from time to time; what a silent one left as under way was interrupted. Times are the
 * database's own, so clocks of machines don't matter. Thread-safe.
 *
 * <p>A server that was only slow goes on: what it says at its run's end stands above the others' conclusion.
 */
public final class Presence {
    private static final String UNDER_WAY = "state in ('QUEUED', 'RUNNING', 'CANCELLING')";

    private final Database database;
    private final Duration patience;

    /** @param patience for so long a server may be silent */
    public Presence(Database database, Duration patience) {
        this.database = database;
        this.patience = patience;
    }

    /** Says that this server lives. */
    public void beat() {
        String now = database.dialect().now();
        database.change(handle -> handle.createUpdate("insert into server_instance (id, seen_at) values (:id, " + now
                        + ") on conflict (id) do update set seen_at = excluded.seen_at")
                .bind("id", database.instance())
                .execute());
    }

    /**
     * To be called when a server begins, before it runs anything: what the dead left becomes INTERRUPTED. Where nobody else
     * can be using the database, that is all that is under way.
     *
     * @return ids of these runs, which no other server is told of
     */
    public List<String> begin() {
        beat();
        return database.isOnlyUser() ? interrupt(Duration.ZERO) : interruptSilent();
    }

    /**
     * What silent servers left as under way becomes INTERRUPTED.
     *
     * @return ids of these runs, which no other server is told of
     */
    public List<String> interruptSilent() {
        return interrupt(patience);
    }

    private List<String> interrupt(Duration silence) {
        String living = "(select id from server_instance where seen_at > "
                + database.dialect().now() + " - :silence or id = :me)";
        return database.change(handle -> {
            List<String> silent = handle.createQuery(
                            "select id from run where " + UNDER_WAY + " and owner not in " + living + " order by id")
                    .bind("me", database.instance())
                    .bind("silence", silence.toMillis())
                    .mapTo(String.class)
                    .list();
            List<String> ended =
                    silent.stream().filter(run -> ended(handle, run)).toList();
            ended.forEach(run -> giveBackPlan(handle, run));
            handle.createUpdate("delete from server_instance where seen_at < "
                            + database.dialect().now() + " - :old")
                    .bind("old", patience.toMillis() * 100)
                    .execute();
            return ended;
        });
    }

    /** False where another server was first, or the run has ended meanwhile. */
    private boolean ended(Handle handle, String run) {
        return handle.createUpdate("update run set state = 'INTERRUPTED', ended_at = "
                                + database.dialect().now()
                                + ", message = 'the server went away while it ran; the next run does what is left'"
                                + " where id = :run and " + UNDER_WAY)
                        .bind("run", run)
                        .execute()
                > 0;
    }

    /** Of a run that the engine never began with nothing was done. */
    private static void giveBackPlan(Handle handle, String run) {
        handle.createUpdate("update plan set state = 'APPROVED', applied_run = null where applied_run = :run"
                        + " and state = 'APPLIED' and exists"
                        + " (select 1 from run where id = :run and engine_id is null)")
                .bind("run", run)
                .execute();
    }

    /** Asks the server that carries a run out to stop it; false when it is not under way. */
    public boolean askToStop(String run, String why) {
        return database.change(
                handle -> handle.createUpdate("update run set cancelled_by = :why where id = :run and " + UNDER_WAY)
                                .bind("why", Texts.kept(why, 255))
                                .bind("run", run)
                                .execute()
                        > 0);
    }

    /** A run of this server that somebody asked another one to stop. */
    public record Stop(String run, String why) {}

    /** Of those under way. */
    public List<Stop> stops(Set<String> runs) {
        if (runs.isEmpty()) {
            return List.of();
        }
        return database.read(handle -> handle.createQuery(
                        "select id, cancelled_by from run where cancelled_by is not null and owner = :me and "
                                + UNDER_WAY)
                .bind("me", database.instance())
                .map((row, context) -> new Stop(row.getString("id"), row.getString("cancelled_by")))
                .list());
    }
}

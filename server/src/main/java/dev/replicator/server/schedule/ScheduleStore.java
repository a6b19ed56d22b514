package dev.replicator.server.schedule;

import dev.replicator.server.history.Database;
import dev.replicator.server.run.RunLogException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Schedules and pauses, as all servers that share a database remember them. Every change names the state that it was
 * decided on and does nothing where another server was first. Thread-safe; throws {@link RunLogException}.
 */
final class ScheduleStore {
    private final Database database;

    ScheduleStore(Database database) {
        this.database = database;
    }

    /** Which schedule. */
    record Key(String job, String name) {
        static Key of(Schedule schedule) {
            return new Key(schedule.job(), schedule.name());
        }
    }

    /** Forgets schedules that are not configured any more. */
    void keepOnly(Collection<Key> configured) {
        Set<Key> gone = new HashSet<>(states().keySet());
        gone.removeAll(configured);
        gone.forEach(key ->
                database.change(handle -> handle.createUpdate("delete from schedule where job = :job and name = :name")
                        .bind("job", key.job())
                        .bind("name", key.name())
                        .execute()));
    }

    Map<Key, ScheduleState> states() {
        return database.read(handle -> {
            Map<Key, ScheduleState> states = new HashMap<>();
            handle.createQuery("select * from schedule")
                    .map((row, context) -> Map.entry(new Key(row.getString("job"), row.getString("name")), state(row)))
                    .forEach(entry -> states.put(entry.getKey(), entry.getValue()));
            return states;
        });
    }

    /** Remembers a schedule that is seen for the first time. */
    void enter(Schedule schedule, ScheduleState state) {
        database.change(handle -> handle.createUpdate("""
                        insert into schedule (job, name, planned, due, claimed_until)
                        values (:job, :name, :planned, :due, 0)
                        on conflict (job, name) do nothing
                        """)
                .bind("job", schedule.job())
                .bind("name", schedule.name())
                .bind("planned", state.planned().toEpochMilli())
                .bind("due", state.due().toEpochMilli())
                .execute());
    }

    /** Puts the next state in the place of the one that was seen; false where it is not that one any more. */
    boolean replace(Schedule schedule, ScheduleState seen, ScheduleState next) {
        return database.change(handle -> handle.createUpdate("""
                        update schedule set planned = :planned, due = :due, last_planned = :last, waiting = :waiting,
                            claimed_until = :claimedUntil
                        where job = :job and name = :name and planned = :seenPlanned and due = :seenDue
                            and claimed_until = :seenClaim and coalesce(waiting, -1) = :seenWaiting
                        """)
                        .bind("job", schedule.job())
                        .bind("name", schedule.name())
                        .bind("planned", next.planned().toEpochMilli())
                        .bind("due", next.due().toEpochMilli())
                        .bind("last", next.last().map(Instant::toEpochMilli))
                        .bind("waiting", next.waiting().map(Instant::toEpochMilli))
                        .bind("claimedUntil", next.claimedUntil().toEpochMilli())
                        .bind("seenPlanned", seen.planned().toEpochMilli())
                        .bind("seenDue", seen.due().toEpochMilli())
                        .bind("seenClaim", seen.claimedUntil().toEpochMilli())
                        .bind(
                                "seenWaiting",
                                seen.waiting().map(Instant::toEpochMilli).orElse(-1L))
                        .execute()
                == 1);
    }

    Set<String> paused() {
        return database.read(handle -> Set.copyOf(
                handle.createQuery("select job from pause").mapTo(String.class).list()));
    }

    void pause(String job, Instant now, String by) {
        database.change(handle -> handle.createUpdate("""
                        insert into pause (job, paused_at, paused_by) values (:job, :now, :by)
                        on conflict (job) do nothing
                        """)
                .bind("job", job)
                .bind("now", now.toEpochMilli())
                .bind("by", by)
                .execute());
    }

    void resume(String job) {
        database.change(handle -> handle.createUpdate("delete from pause where job = :job")
                .bind("job", job)
                .execute());
    }

    private static ScheduleState state(ResultSet row) throws SQLException {
        return new ScheduleState(
                Instant.ofEpochMilli(row.getLong("planned")),
                Instant.ofEpochMilli(row.getLong("due")),
                time(row, "last_planned"),
                time(row, "waiting"),
                Instant.ofEpochMilli(row.getLong("claimed_until")));
    }

    private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }
}

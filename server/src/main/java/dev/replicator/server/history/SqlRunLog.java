package dev.replicator.server.history;

import dev.replicator.server.run.ObjectResult;
import dev.replicator.server.run.RunAction;
import dev.replicator.server.run.RunLog;
import dev.replicator.server.run.RunRecord;
import dev.replicator.server.run.RunState;
import dev.replicator.server.run.Trigger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Runs in a database. One writer at a time; readers don't wait for it. */
public final class SqlRunLog implements RunLog {
    private static final int MAX_MESSAGE = 2_000;

    private final Database database;

    public SqlRunLog(Database database) {
        this.database = database;
    }

    @Override
    public void keep(RunRecord run) {
        database.change(handle -> handle.createUpdate("""
                        insert into run (id, job, action, dry_run, state, kind, by_whom, reason, created_at, started_at,
                            ended_at, message, report)
                        values (:id, :job, :action, :dryRun, :state, :kind, :by, :reason, :created, :started, :ended,
                            :message, :report)
                        on conflict (id) do update set state = excluded.state, started_at = excluded.started_at,
                            ended_at = excluded.ended_at, message = excluded.message, report = excluded.report
                        """)
                .bind("id", run.id())
                .bind("job", run.job())
                .bind("action", run.action().name())
                .bind("dryRun", run.dryRun())
                .bind("state", run.state().name())
                .bind("kind", run.trigger().kind().name())
                .bind("by", run.trigger().by())
                .bind("reason", run.trigger().reason())
                .bind("created", run.createdAt().toEpochMilli())
                .bind("started", run.startedAt().map(Instant::toEpochMilli))
                .bind("ended", run.endedAt().map(Instant::toEpochMilli))
                .bind("message", shortened(run.message()))
                .bind("report", run.report())
                .execute());
    }

    @Override
    public void add(String run, List<ObjectResult> results) {
        database.change(handle -> {
            PreparedBatch batch = handle.prepareBatch("""
                    insert into result (run_id, number, object, action, outcome, cause, bytes, message)
                    values (:run, :number, :object, :action, :outcome, :cause, :bytes, :message)
                    """);
            for (ObjectResult result : results) {
                batch.bind("run", run)
                        .bind("number", result.number())
                        .bind("object", result.object())
                        .bind("action", result.action())
                        .bind("outcome", result.outcome())
                        .bind("cause", result.cause())
                        .bind("bytes", result.bytes())
                        .bind("message", shortened(result.message()))
                        .add();
            }
            return batch.execute().length;
        });
    }

    @Override
    public Optional<RunRecord> find(String id) {
        return database.read(handle -> handle.createQuery("select * from run where id = :id")
                .bind("id", id)
                .map((row, context) -> run(row))
                .findFirst());
    }

    @Override
    public List<RunRecord> newest(Optional<String> job, Optional<String> before, int most) {
        return database.read(handle -> handle.createQuery("""
                        select * from run
                        where (:job is null or job = :job) and (:before is null or id < :before)
                        order by id desc limit :most
                        """)
                .bind("job", job)
                .bind("before", before)
                .bind("most", most)
                .map((row, context) -> run(row))
                .list());
    }

    @Override
    public List<ObjectResult> results(String run, Optional<String> outcome, long after, int most) {
        return database.read(handle -> handle.createQuery("""
                        select * from result
                        where run_id = :run and number > :after and (:outcome is null or outcome = :outcome)
                        order by number limit :most
                        """)
                .bind("run", run)
                .bind("after", after)
                .bind("outcome", outcome)
                .bind("most", most)
                .map((row, context) -> result(row))
                .list());
    }

    @Override
    public int interrupt() {
        return database.change(handle -> handle.createUpdate("""
                        update run set state = 'INTERRUPTED', message = 'the server went away while it ran'
                        where state in ('QUEUED', 'RUNNING', 'CANCELLING')
                        """).execute());
    }

    private static RunRecord run(ResultSet row) throws SQLException {
        return new RunRecord(
                row.getString("id"),
                row.getString("job"),
                RunAction.valueOf(row.getString("action")),
                row.getBoolean("dry_run"),
                RunState.valueOf(row.getString("state")),
                new Trigger(
                        Trigger.Kind.valueOf(row.getString("kind")), row.getString("by_whom"), row.getString("reason")),
                Instant.ofEpochMilli(row.getLong("created_at")),
                time(row, "started_at"),
                time(row, "ended_at"),
                row.getString("message"),
                Optional.ofNullable(row.getString("report")));
    }

    private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }

    private static ObjectResult result(ResultSet row) throws SQLException {
        return new ObjectResult(
                row.getLong("number"),
                row.getString("object"),
                row.getString("action"),
                row.getString("outcome"),
                row.getString("cause"),
                row.getLong("bytes"),
                row.getString("message"));
    }

    private static String shortened(String message) {
        return message.length() > MAX_MESSAGE ? message.substring(0, MAX_MESSAGE) : message;
    }
}

package dev.replicator.server.history;

import dev.replicator.server.plan.WrittenDown;
import dev.replicator.server.run.RunAction;
import dev.replicator.server.run.RunFacts;
import dev.replicator.server.run.RunRecord;
import dev.replicator.server.run.RunState;
import dev.replicator.server.run.RunTotals;
import dev.replicator.server.run.Trigger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** A row of the table of runs. */
final class RunRow {
    static final String WITHOUT_REPORT =
            "id, job, action, dry_run, state, kind, by_whom, reason, overrides, created_at,"
                    + " started_at, ended_at, message, engine_id, copied, overwritten, deleted, metadata_updated, unchanged,"
                    + " skipped, stale, failed, found, bytes, requests, duration_millis, results_lost, plan_digest, plan_changes";

    /** What stays as it was entered. */
    static final Set<String> FIXED =
            Set.of("id", "job", "action", "dry_run", "kind", "by_whom", "reason", "overrides", "created_at", "owner");

    private RunRow() {}

    static RunRecord read(ResultSet row, Optional<String> report) throws SQLException {
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
                report,
                facts(row));
    }

    private static RunFacts facts(ResultSet row) throws SQLException {
        RunTotals totals = new RunTotals(
                row.getLong("copied"),
                row.getLong("overwritten"),
                row.getLong("deleted"),
                row.getLong("metadata_updated"),
                row.getLong("unchanged"),
                row.getLong("skipped"),
                row.getLong("stale"),
                row.getLong("failed"),
                row.getLong("found"),
                row.getLong("bytes"),
                row.getLong("requests"),
                row.getLong("duration_millis"));
        String digest = row.getString("plan_digest");
        return new RunFacts(
                SqlRunLog.narrowing(row.getString("overrides")),
                Optional.ofNullable(row.getString("engine_id")),
                totals,
                row.getString("results_lost"),
                digest == null
                        ? Optional.empty()
                        : Optional.of(new WrittenDown(digest, row.getBoolean("plan_changes"))));
    }

    private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }
}

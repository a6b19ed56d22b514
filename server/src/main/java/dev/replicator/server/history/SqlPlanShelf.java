package dev.replicator.server.history;

import dev.replicator.server.plan.Plan;
import dev.replicator.server.plan.PlanShelf;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Plans in a database, their content in parts of {@value #PART} bytes: one is in memory at a time. A plan is readable
 * once it is whole: its row is the last that is written.
 */
public final class SqlPlanShelf implements PlanShelf {
    private static final int PART = 256 * 1024;

    private final Database database;

    public SqlPlanShelf(Database database) {
        this.database = database;
    }

    @Override
    public void put(Plan plan, InputStream content) {
        database.change(handle -> {
            handle.createUpdate("""
                            insert into plan (run_id, job, digest, state, changes, created_at, comment)
                            values (:run, :job, :digest, :state, :changes, :created, '')
                            """)
                    .bind("run", plan.run())
                    .bind("job", plan.job())
                    .bind("digest", plan.digest())
                    .bind("state", plan.state().name())
                    .bind("changes", plan.changes())
                    .bind("created", plan.createdAt().toEpochMilli())
                    .execute();
            return parts(handle, plan.run(), content);
        });
    }

    private static int parts(Handle handle, String run, InputStream content) {
        try {
            int number = 0;
            for (byte[] part = content.readNBytes(PART); part.length > 0; part = content.readNBytes(PART)) {
                number++;
                handle.createUpdate("insert into plan_part (run_id, number, content) values (:run, :number, :content)")
                        .bind("run", run)
                        .bind("number", number)
                        .bind("content", part)
                        .execute();
            }
            return number;
        } catch (IOException e) {
            throw new UncheckedIOException("the plan can't be read", e);
        }
    }

    @Override
    public Optional<Plan> find(String run) {
        return database.read(handle -> handle.createQuery("select * from plan where run_id = :run")
                .bind("run", run)
                .map((row, context) -> plan(row))
                .findFirst());
    }

    @Override
    public boolean read(String run, OutputStream to) {
        for (int number = 1; ; number++) {
            Optional<byte[]> part = part(run, number);
            if (part.isEmpty()) {
                return number > 1;
            }
            try {
                to.write(part.get());
            } catch (IOException e) {
                throw new UncheckedIOException("the plan can't be handed out", e);
            }
        }
    }

    private Optional<byte[]> part(String run, int number) {
        return database.read(
                handle -> handle.createQuery("select content from plan_part where run_id = :run and number = :number")
                        .bind("run", run)
                        .bind("number", number)
                        .map((row, context) -> row.getBytes("content"))
                        .findFirst());
    }

    @Override
    public boolean decide(String run, String digest, Plan.State decision, String by, String comment, Instant now) {
        return database.change(handle -> handle.createUpdate("""
                                update plan set state = :decision, decided_by = :by, decided_at = :now, comment = :comment
                                where run_id = :run and digest = :digest
                                and (state = 'OPEN' or (state = 'APPROVED' and :decision = 'REJECTED'))
                                """)
                        .bind("decision", decision.name())
                        .bind("by", Texts.kept(by, 255))
                        .bind("now", now.toEpochMilli())
                        .bind("comment", Texts.kept(comment, Plan.MAX_COMMENT))
                        .bind("run", run)
                        .bind("digest", digest)
                        .execute()
                > 0);
    }

    @Override
    public boolean take(String run, String digest, String appliedRun) {
        return database.change(handle -> handle.createUpdate("""
                                update plan set state = 'APPLIED', applied_run = :applied
                                where run_id = :run and digest = :digest and state = 'APPROVED'
                                """)
                        .bind("applied", appliedRun)
                        .bind("run", run)
                        .bind("digest", digest)
                        .execute()
                > 0);
    }

    @Override
    public void giveBack(String run, String appliedRun) {
        database.change(handle -> handle.createUpdate("""
                        update plan set state = 'APPROVED', applied_run = null
                        where run_id = :run and applied_run = :applied and state = 'APPLIED'
                        """)
                .bind("run", run)
                .bind("applied", appliedRun)
                .execute());
    }

    private static Plan plan(ResultSet row) throws SQLException {
        long decided = row.getLong("decided_at");
        Optional<Instant> decidedAt = row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(decided));
        return new Plan(
                row.getString("run_id"),
                row.getString("job"),
                row.getString("digest"),
                Plan.State.valueOf(row.getString("state")),
                row.getBoolean("changes"),
                Instant.ofEpochMilli(row.getLong("created_at")),
                Optional.ofNullable(row.getString("decided_by")),
                decidedAt,
                row.getString("comment"),
                Optional.ofNullable(row.getString("applied_run")));
    }
}

package dev.replicator.server.access;

import dev.replicator.server.history.Database;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The audit: what is meant is written down before it is done, how it ended after. Thread-safe. What can't be written is a
 * {@link dev.replicator.server.run.RunLogException}.
 */
public final class AuditLog {
    static final Duration KEPT = Duration.ofDays(400);
    private static final long PRUNED_EVERY = 500;
    private static final int LONGEST_TEXT = 255;
    private static final int LONGEST_REASON = 1_000;

    private final Database database;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final AtomicLong written = new AtomicLong();

    public AuditLog(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** A name for a new entry, which sorts by time. */
    public String nextId() {
        byte[] bytes = new byte[8];
        random.nextBytes(bytes);
        return String.format(
                Locale.ROOT, "%014d-%s", clock.millis(), HexFormat.of().formatHex(bytes));
    }

    /** Writes down what is meant. */
    public void begin(AuditEntry entry) {
        database.change(handle -> {
            if (written.getAndIncrement() % PRUNED_EVERY == 0) {
                handle.createUpdate("delete from audit where at < :oldest")
                        .bind("oldest", clock.millis() - KEPT.toMillis())
                        .execute();
            }
            return handle.createUpdate("""
                insert into audit (id, at, caller, role, address, method, route, job, run, plan_digest,
                    key_hash, reason, trace_id, status)
                values (:id, :at, :caller, :role, :address, :method, :route, :job, :run, :digest,
                    :key, :reason, :trace, null)
                """)
                    .bind("id", entry.id())
                    .bind("at", entry.at().toEpochMilli())
                    .bind("caller", shortened(entry.caller(), LONGEST_TEXT))
                    .bind("role", entry.role())
                    .bind("address", shortened(entry.address(), 64))
                    .bind("method", entry.method())
                    .bind("route", entry.route())
                    .bind("job", shortened(entry.job(), LONGEST_TEXT))
                    .bind("run", shortened(entry.run(), 64))
                    .bind("digest", shortened(entry.planDigest(), LONGEST_TEXT))
                    .bind("key", entry.keyHash())
                    .bind("reason", shortened(entry.reason(), LONGEST_REASON))
                    .bind("trace", entry.traceId())
                    .execute();
        });
    }

    /**
     * Adds how it ended.
     *
     * @param run that was made, where one was
     */
    public void end(String id, int status, Optional<String> run) {
        database.change(handle -> handle.createUpdate(
                        "update audit set status = :status, run = coalesce(:run, run) where id = :id")
                .bind("status", status)
                .bind("run", run.map(made -> shortened(made, 64)))
                .bind("id", id)
                .execute());
    }

    /** The newest entries, newest first; older than the one named, where one is. */
    public List<AuditEntry> newest(Optional<String> before, int most) {
        return database.read(handle -> handle.createQuery("""
            select * from audit where id < :before order by id desc limit :most
            """)
                .bind("before", before.orElse("~"))
                .bind("most", most)
                .map((row, context) -> entry(row))
                .list());
    }

    private static AuditEntry entry(ResultSet row) throws SQLException {
        int status = row.getInt("status");
        return new AuditEntry(
                row.getString("id"),
                Instant.ofEpochMilli(row.getLong("at")),
                row.getString("caller"),
                row.getString("role"),
                row.getString("address"),
                row.getString("method"),
                row.getString("route"),
                row.getString("job"),
                row.getString("run"),
                row.getString("plan_digest"),
                row.getString("key_hash"),
                row.getString("reason"),
                row.getString("trace_id"),
                status == 0 ? OptionalInt.empty() : OptionalInt.of(status));
    }

    /** PostgreSQL knows no NUL in a text. */
    private static String shortened(String text, int most) {
        String clean = text.replace('\0', '\uFFFD');
        return clean.length() > most ? clean.substring(0, most) : clean;
    }
}

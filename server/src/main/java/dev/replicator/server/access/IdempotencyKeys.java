package dev.replicator.server.access;

import dev.replicator.server.history.Database;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Remembers for {@link #KEPT} what was answered to a caller's key, in the database, whose primary key decides which of
 * several requests at several replicas is the first. Thread-safe. What can't be written is a
 * {@link dev.replicator.server.run.RunLogException}.
 */
public final class IdempotencyKeys {
    public static final Duration KEPT = Duration.ofHours(24);
    /** A request without an answer for so long died with its server, and with it whatever it began. */
    static final Duration GIVEN_UP = Duration.ofMinutes(1);

    private final Database database;
    private final Clock clock;

    public IdempotencyKeys(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** What a key means for a request. */
    public sealed interface Claim {
        /** The request is to be done, and its answer told by {@link #answered}, or {@link #released}. */
        record First() implements Claim {}

        /** It was done: this is the answer. */
        record Replay(String location, String answer) implements Claim {}

        /** The key belongs to another request. */
        record OfAnother() implements Claim {}

        /** The first one is still being done. */
        record UnderWay() implements Claim {}
    }

    /** Claims a key for a request, which its digest stands for. */
    public Claim claim(String caller, String key, String requestDigest) {
        String keyHash = Secrets.sha256(key);
        long now = clock.millis();
        return database.change(handle -> {
            handle.createUpdate("""
                delete from idempotency where claimed_at <= :expired
                    or (answer is null and claimed_at <= :given_up)
                """)
                    .bind("expired", now - KEPT.toMillis())
                    .bind("given_up", now - GIVEN_UP.toMillis())
                    .execute();
            int inserted = handle.createUpdate("""
                insert into idempotency (caller, key_hash, request_hash, claimed_at)
                values (:caller, :key, :request, :now) on conflict do nothing
                """)
                    .bind("caller", caller)
                    .bind("key", keyHash)
                    .bind("request", requestDigest)
                    .bind("now", now)
                    .execute();
            return inserted == 1 ? new Claim.First() : known(handle, caller, keyHash, requestDigest);
        });
    }

    private static Claim known(Handle handle, String caller, String keyHash, String requestDigest) {
        return handle.createQuery("""
            select request_hash, location, answer from idempotency
            where caller = :caller and key_hash = :key
            """)
                .bind("caller", caller)
                .bind("key", keyHash)
                .map((row, context) -> {
                    if (!row.getString("request_hash").equals(requestDigest)) {
                        return (Claim) new Claim.OfAnother();
                    }
                    Optional<String> answer = Optional.ofNullable(row.getString("answer"));
                    String location =
                            Optional.ofNullable(row.getString("location")).orElse("");
                    return answer.<Claim>map(text -> new Claim.Replay(location, text))
                            .orElseGet(Claim.UnderWay::new);
                })
                .findFirst()
                .orElseGet(Claim.UnderWay::new);
    }

    /** Remembers the first answer. */
    public void answered(String caller, String key, String location, String answer) {
        database.change(handle -> handle.createUpdate("""
            update idempotency set location = :location, answer = :answer
            where caller = :caller and key_hash = :key
            """)
                .bind("location", location)
                .bind("answer", answer)
                .bind("caller", caller)
                .bind("key", Secrets.sha256(key))
                .execute());
    }

    /** Nothing was begun: the key may be used again. */
    public void released(String caller, String key) {
        database.change(handle -> handle.createUpdate("""
            delete from idempotency where caller = :caller and key_hash = :key and answer is null
            """)
                .bind("caller", caller)
                .bind("key", Secrets.sha256(key))
                .execute());
    }
}

package dev.replicator.server.access;

import dev.replicator.config.AccessToken;
import dev.replicator.server.history.Database;
import dev.replicator.server.run.RunLogException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is logged in to the dashboard, in the database, so that logins survive a restart and hold at every replica.
 * Thread-safe. A session ends by logging out, after {@link #IDLE} without a request, after {@link #LONGEST} in any case,
 * and when its token is not configured any more.
 */
public final class Sessions {
    static final Duration IDLE = Duration.ofHours(12);
    public static final Duration LONGEST = Duration.ofDays(7);
    /** Of one token; the oldest ends where there would be more. */
    static final int MOST = 100;

    private static final Logger log = LoggerFactory.getLogger(Sessions.class);
    private static final long WRITTEN_EVERY_MILLIS = 60_000;
    private static final int LONGEST_ID = 100;

    private final Database database;
    private final AccessTokens tokens;
    private final Clock clock;
    private final AtomicLong unwritable = new AtomicLong(Long.MIN_VALUE / 2);

    public Sessions(Database database, AccessTokens tokens, Clock clock) {
        this.database = database;
        this.tokens = tokens;
        this.clock = clock;
    }

    /**
     * Logs a token's bearer in.
     *
     * @return the session's id: a secret, which is remembered nowhere
     * @throws dev.replicator.server.run.RunLogException when it can't be remembered
     */
    public String begin(AccessToken token) {
        String id = Secrets.random();
        String hash = Secrets.sha256(id);
        long now = clock.millis();
        database.change(handle -> {
            handle.createUpdate("delete from login_session where created_at <= :oldest or used_at <= :idle")
                    .bind("oldest", now - LONGEST.toMillis())
                    .bind("idle", now - IDLE.toMillis())
                    .execute();
            handle.createUpdate("""
                delete from login_session where token_name = :name and id_hash not in (
                    select id_hash from login_session where token_name = :name
                    order by created_at desc, id_hash limit :most)
                """)
                    .bind("name", token.name())
                    .bind("most", MOST - 1)
                    .execute();
            return handle.createUpdate("""
                insert into login_session (id_hash, token_name, token_mark, created_at, used_at)
                values (:hash, :name, :mark, :now, :now)
                """)
                    .bind("hash", hash)
                    .bind("name", token.name())
                    .bind("mark", mark(hash, token))
                    .bind("now", now)
                    .execute();
        });
        return id;
    }

    /**
     * Whose session this is, with the role that the configuration gives the token now.
     *
     * @throws dev.replicator.server.run.RunLogException when the database can't be read
     */
    public Optional<AccessToken> bearerOf(String id) {
        if (id.isEmpty() || id.length() > LONGEST_ID) {
            return Optional.empty();
        }
        String hash = Secrets.sha256(id);
        long now = clock.millis();
        Optional<Row> row = find(hash);
        Optional<AccessToken> token = row.flatMap(this::holder);
        if (row.isPresent() && token.isEmpty()) {
            note(now, () -> remove(hash));
        } else if (row.isPresent() && now - row.get().used() >= WRITTEN_EVERY_MILLIS) {
            note(now, () -> use(hash, now));
        }
        return token;
    }

    /** Where nothing can be written, who is logged in reads on, and nobody waits for it more than once a minute. */
    private void note(long now, Runnable change) {
        long failed = unwritable.get();
        if (now - failed >= 0 && now - failed < WRITTEN_EVERY_MILLIS) {
            return;
        }
        try {
            change.run();
        } catch (RunLogException e) {
            unwritable.set(now);
            log.warn("a session's use is not remembered: {}", e.getMessage());
        }
    }

    private void use(String hash, long now) {
        database.change(handle -> handle.createUpdate("update login_session set used_at = :now where id_hash = :hash")
                .bind("now", now)
                .bind("hash", hash)
                .execute());
    }

    /** Whether it has not ended, for those who watch for long; that does not keep it from ending. */
    public boolean isOpen(String id) {
        return find(Secrets.sha256(id)).flatMap(this::holder).isPresent();
    }

    /** Logs out; one that is unknown is logged out already. */
    public void end(String id) {
        remove(Secrets.sha256(id));
    }

    private Optional<Row> find(String hash) {
        return database.read(handle -> handle.createQuery(
                        "select token_name, token_mark, created_at, used_at from login_session where id_hash = :hash")
                .bind("hash", hash)
                .map((result, context) -> new Row(
                        hash,
                        result.getString("token_name"),
                        result.getString("token_mark"),
                        result.getLong("created_at"),
                        result.getLong("used_at")))
                .findFirst());
    }

    private Optional<AccessToken> holder(Row row) {
        long now = clock.millis();
        if (now >= row.created() + LONGEST.toMillis() || now >= row.used() + IDLE.toMillis()) {
            return Optional.empty();
        }
        return tokens.named(row.name()).filter(named -> Secrets.same(row.mark(), mark(row.hash(), named)));
    }

    private void remove(String hash) {
        database.change(handle -> handle.createUpdate("delete from login_session where id_hash = :hash")
                .bind("hash", hash)
                .execute());
    }

    /** Ties a session to the very token: another one under the same name does not inherit it. */
    private static String mark(String hash, AccessToken token) {
        return Secrets.sha256(hash + token.sha256());
    }

    private record Row(String hash, String name, String mark, long created, long used) {}
}

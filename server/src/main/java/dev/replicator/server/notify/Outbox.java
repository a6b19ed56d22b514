package dev.replicator.server.notify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.replicator.server.history.Database;
import dev.replicator.server.notify.send.Message;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Deliveries, as all servers that share a database remember them. Thread-safe. */
final class Outbox {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Database database;

    Outbox(Database database) {
        this.database = database;
    }

    /** Within a transaction of somebody else's; one that is there already stays as it is. */
    static void add(Handle handle, Delivery delivery) {
        handle.createUpdate("""
                        insert into delivery (id, channel, event, job, message, created_at, state, attempts, next_try,
                            last_try, code, problem)
                        values (:id, :channel, :event, :job, :message, :created, :state, :attempts, :next, :last, :code,
                            :problem)
                        on conflict (id, channel) do nothing
                        """)
                .bind("id", delivery.message().id())
                .bind("channel", delivery.channel())
                .bind("event", delivery.event())
                .bind("job", delivery.job())
                .bind("message", written(delivery.message()))
                .bind("created", delivery.createdAt().toEpochMilli())
                .bind("state", delivery.state().name())
                .bind("attempts", delivery.attempts())
                .bind("next", delivery.nextTry().toEpochMilli())
                .bind("last", delivery.lastTry().map(Instant::toEpochMilli))
                .bind("code", delivery.code())
                .bind("problem", delivery.problem())
                .execute();
    }

    void add(Delivery delivery) {
        database.change(handle -> {
            add(handle, delivery);
            return true;
        });
    }

    /** Those that are due, the oldest first. */
    List<Delivery> due(String channel, Instant now, int most) {
        return database.read(handle -> handle.createQuery("""
                        select * from delivery where channel = :channel and state = 'WAITING' and next_try <= :now
                        order by created_at, id limit :most
                        """)
                .bind("channel", channel)
                .bind("now", now.toEpochMilli())
                .bind("most", most)
                .map((row, context) -> delivery(row))
                .list());
    }

    /** Puts the next state in the place of the one that was seen; false where another server was first. */
    boolean replace(Delivery seen, Delivery next) {
        return database.change(handle -> handle.createUpdate("""
                        update delivery set state = :state, attempts = :attempts, next_try = :next, last_try = :last,
                            code = :code, problem = :problem
                        where id = :id and channel = :channel and state = 'WAITING' and attempts = :seenAttempts
                            and next_try = :seenNext
                        """)
                        .bind("state", next.state().name())
                        .bind("attempts", next.attempts())
                        .bind("next", next.nextTry().toEpochMilli())
                        .bind("last", next.lastTry().map(Instant::toEpochMilli))
                        .bind("code", next.code())
                        .bind("problem", next.problem())
                        .bind("id", seen.message().id())
                        .bind("channel", seen.channel())
                        .bind("seenAttempts", seen.attempts())
                        .bind("seenNext", seen.nextTry().toEpochMilli())
                        .execute()
                == 1);
    }

    /** Of each channel that was ever tried the one that was tried last. */
    Map<String, Delivery> last() {
        return database.read(handle -> handle.createQuery("""
                        select delivery.* from delivery join (
                            select id, channel, row_number() over (
                                partition by channel order by last_try desc, created_at desc, id) as place
                            from delivery where last_try is not null) as tried
                        on delivery.id = tried.id and delivery.channel = tried.channel
                        where tried.place = 1
                        """).map((row, context) -> delivery(row)).list().stream()
                .collect(Collectors.toMap(Delivery::channel, Function.identity())));
    }

    /** Of each channel for which something waits how much that is, and when it is tried next. */
    Map<String, Waiting> waiting() {
        return database.read(handle -> handle
                .createQuery("""
                        select channel, count(*) as number, min(next_try) as next_try from delivery
                        where state = 'WAITING' group by channel
                        """)
                .map((row, context) -> Map.entry(
                        row.getString("channel"),
                        new Waiting(row.getLong("number"), Instant.ofEpochMilli(row.getLong("next_try")))))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    /** What one channel has before it. */
    record Waiting(long number, Instant nextTry) {}

    int forgetOlderThan(Instant time) {
        return database.change(handle -> handle.createUpdate("delete from delivery where created_at < :time")
                .bind("time", time.toEpochMilli())
                .execute());
    }

    private static String written(Message message) {
        return JSON.createObjectNode()
                .put("subject", message.subject())
                .put("text", message.text())
                .put("slack", message.slack())
                .put("json", message.json())
                .toString();
    }

    private static Delivery delivery(ResultSet row) throws SQLException {
        JsonNode message = read(row.getString("message"));
        long last = row.getLong("last_try");
        Optional<Instant> lastTry = row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(last));
        return new Delivery(
                row.getString("channel"),
                row.getString("event"),
                row.getString("job"),
                new Message(
                        row.getString("id"),
                        message.path("subject").asText(),
                        message.path("text").asText(),
                        message.path("slack").asText(),
                        message.path("json").asText()),
                Instant.ofEpochMilli(row.getLong("created_at")),
                Delivery.State.valueOf(row.getString("state")),
                row.getInt("attempts"),
                Instant.ofEpochMilli(row.getLong("next_try")),
                lastTry,
                row.getInt("code"),
                row.getString("problem"));
    }

    private static JsonNode read(String message) {
        try {
            return JSON.readTree(message);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}

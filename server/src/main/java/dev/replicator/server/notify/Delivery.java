package dev.replicator.server.notify;

import dev.replicator.server.notify.send.Attempt;
import dev.replicator.server.notify.send.Message;
import java.time.Instant;
import java.util.Optional;

/**
 * Something to tell to a channel. Immutable.
 *
 * @param message what is told
 * @param nextTry of one that waits
 * @param code of the last attempt; 0 where nobody answered
 * @param problem of the last attempt; empty when it was delivered
 */
record Delivery(
        String channel,
        String event,
        String job,
        Message message,
        Instant createdAt,
        State state,
        int attempts,
        Instant nextTry,
        Optional<Instant> lastTry,
        int code,
        String problem) {
    /** Where it is. */
    enum State {
        WAITING,
        DELIVERED,
        GIVEN_UP
    }

    static Delivery of(String channel, Notice notice, Message message, Instant now) {
        return new Delivery(
                channel, notice.event(), notice.job(), message, now, State.WAITING, 0, now, Optional.empty(), 0, "");
    }

    /** Being tried; if whoever tries it dies, it is tried again from that time. */
    Delivery tried(Instant now, Instant again) {
        return new Delivery(
                channel,
                event,
                job,
                message,
                createdAt,
                State.WAITING,
                attempts + 1,
                again,
                Optional.of(now),
                code,
                problem);
    }

    Delivery ended(State end, Attempt attempt) {
        return new Delivery(
                channel,
                event,
                job,
                message,
                createdAt,
                end,
                attempts,
                nextTry,
                lastTry,
                attempt.code(),
                attempt.problem());
    }

    Delivery again(Instant time, Attempt attempt) {
        return new Delivery(
                channel,
                event,
                job,
                message,
                createdAt,
                State.WAITING,
                attempts,
                time,
                lastTry,
                attempt.code(),
                attempt.problem());
    }
}

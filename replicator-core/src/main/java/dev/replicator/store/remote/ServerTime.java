package dev.replicator.store.remote;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * How far the service's clock is from ours, from the Date of its answers. Each answer says that the service's time was
 * within one second of Date at some moment between sending and receiving; the bounds of all answers together narrow the
 * offset to less than one answer could. Bounds that contradict (a clock was set) begin anew. Thread-safe.
 */
public final class ServerTime {
    private static final long GRANULARITY = 1_000;

    private final Clock clock;
    private boolean known;
    private long least;
    private long most;
    private Instant told = Instant.EPOCH;

    public ServerTime(Clock clock) {
        this.clock = clock;
    }

    /** Our own time now, to give to {@link #saw} later. */
    public Instant sent() {
        return clock.instant();
    }

    /** An answer to a request {@code sent} then carried this Date; what is no date is ignored. */
    public synchronized void saw(Instant sent, Optional<String> date) {
        Optional<Instant> parsed = date.flatMap(ServerTime::parse);
        if (parsed.isEmpty()) {
            return;
        }
        long serverMillis = parsed.get().toEpochMilli();
        long low = serverMillis - clock.millis();
        long high = serverMillis + GRANULARITY - sent.toEpochMilli();
        if (!known || low > most || high < least) {
            least = low;
            most = Math.max(low, high);
            known = true;
            return;
        }
        least = Math.max(least, low);
        most = Math.min(most, high);
    }

    /** Service time minus ours, the middle of what is possible; empty before the first answer. */
    public synchronized Optional<Duration> offset() {
        return known ? Optional.of(Duration.ofMillis(least + (most - least) / 2)) : Optional.empty();
    }

    /**
     * The service's time now, or ours while it is unknown. A better knowledge of the offset doesn't turn it back: it
     * stands still then until the time is caught up with.
     */
    public synchronized Instant now() {
        Instant now = clock.instant().plus(offset().orElse(Duration.ZERO));
        boolean refined = now.isBefore(told) && now.plusMillis(2 * GRANULARITY).isAfter(told);
        told = refined ? told : now;
        return told;
    }

    /** The Date of an answer. */
    public static Optional<Instant> parse(String date) {
        try {
            return Optional.of(ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}

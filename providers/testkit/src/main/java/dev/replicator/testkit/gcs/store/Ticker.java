package dev.replicator.testkit.gcs.store;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicLong;

/** The server's time and its generations: microseconds that never stand still, across all buckets. */
public final class Ticker {
    private final Clock clock;
    private final AtomicLong last = new AtomicLong();

    public Ticker(Clock clock) {
        this.clock = clock;
    }

    /** In whole milliseconds, as resources show it. */
    public Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** Greater than every one before, whatever the clock does. */
    long generation() {
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
        return last.updateAndGet(before -> Math.max(before + 1, micros));
    }
}

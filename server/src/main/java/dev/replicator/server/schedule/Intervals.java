package dev.replicator.server.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** So long after. */
record Intervals(Duration interval) implements Timetable {
    Intervals {
        if (interval.isNegative() || interval.isZero()) {
            throw new IllegalArgumentException("an interval is longer than nothing");
        }
    }

    @Override
    public Optional<Instant> next(Instant after) {
        return Optional.of(after.plus(interval));
    }
}

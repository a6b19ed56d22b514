package dev.replicator.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands still until it is set or advanced; UTC. Thread-safe; copies with another zone share the time. */
public final class SettableClock extends Clock {
    /** Where {@link #SettableClock()} starts. */
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Time time;
    private final ZoneId zone;

    public SettableClock() {
        this(START);
    }

    public SettableClock(Instant start) {
        this(new Time(start), ZoneOffset.UTC);
    }

    private SettableClock(Time time, ZoneId zone) {
        this.time = time;
        this.zone = zone;
    }

    public void set(Instant instant) {
        time.set(instant);
    }

    /** Moves the time; a negative duration moves it back. */
    public void advance(Duration by) {
        time.advance(by);
    }

    @Override
    public Instant instant() {
        return time.now;
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
        return new SettableClock(time, other);
    }

    private static final class Time {
        private volatile Instant now;

        Time(Instant now) {
            this.now = now;
        }

        synchronized void set(Instant instant) {
            now = instant;
        }

        synchronized void advance(Duration by) {
            now = now.plus(by);
        }
    }
}

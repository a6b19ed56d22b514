package dev.replicator.hook.lease;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Time as the hook needs it: a calendar, a stopwatch and a pause. Thread-safe. */
public interface Timing {
    /** The local calendar; may jump. */
    Instant now();

    /** A stopwatch in nanoseconds from an arbitrary start; never jumps and goes on while a process is paused. */
    long nanos();

    void sleep(Duration pause) throws InterruptedException;

    static Timing system(Clock clock) {
        return new Timing() {
            @Override
            public Instant now() {
                return clock.instant();
            }

            @Override
            public long nanos() {
                return System.nanoTime();
            }

            @Override
            public void sleep(Duration pause) throws InterruptedException {
                Thread.sleep(Math.max(1, pause.toMillis()));
            }
        };
    }
}

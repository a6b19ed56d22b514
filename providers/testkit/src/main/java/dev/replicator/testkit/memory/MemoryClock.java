package dev.replicator.testkit.memory;

import dev.replicator.store.StoreClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** The service's time: the injected clock's and its skew. */
record MemoryClock(Clock clock, Duration offset) implements StoreClock {
    @Override
    public Instant now() {
        return clock.instant().plus(offset);
    }
}

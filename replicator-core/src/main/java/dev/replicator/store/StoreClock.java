package dev.replicator.store;

import java.time.Duration;
import java.time.Instant;

/** Role: the store's own time, from the Date of its answers. */
public interface StoreClock {
    /** The store's time now; sends a cheap request when no answer has shown one yet. */
    Instant now();

    /** Store time minus local time, as measured; within about a second and the round trip. */
    Duration offset();
}

package dev.replicator.hook.control;

import dev.replicator.store.BucketRef;
import dev.replicator.store.Capability;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * What probing found out about a bucket.
 *
 * @param place endpoint and bucket it holds for
 * @param probe version of the probe that found it
 */
public record ProbedCapabilities(String place, int probe, Instant probedAt, Set<Capability> found) {
    /** How long a verdict is believed. */
    public static final Duration LIFETIME = Duration.ofDays(30);

    public ProbedCapabilities {
        found = Set.copyOf(found);
    }

    public static String placeOf(BucketRef bucket) {
        return bucket.scheme() + "|" + bucket.endpoint() + "|" + bucket.bucket();
    }

    /** Whether the verdict still speaks for that bucket. */
    public boolean speaksFor(BucketRef bucket, int currentProbe, Instant now) {
        return place.equals(placeOf(bucket))
                && probe == currentProbe
                && !probedAt.isAfter(now.plus(Duration.ofDays(1)))
                && probedAt.plus(LIFETIME).isAfter(now);
    }
}

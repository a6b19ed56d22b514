package dev.replicator.store;

import java.time.Duration;

/**
 * How transient failures are repeated.
 *
 * @param attempts tries of one request in all, 1 or more
 * @param base first wait, before jitter
 * @param max longest single wait
 * @param deadline longest total time of one request with its retries
 */
public record RetrySettings(int attempts, Duration base, Duration max, Duration deadline) {
    public static final RetrySettings DEFAULT =
            new RetrySettings(6, Duration.ofMillis(200), Duration.ofSeconds(20), Duration.ofMinutes(10));

    public RetrySettings {
        if (attempts < 1) {
            throw new IllegalArgumentException("retry attempts must be 1 or more, not " + attempts);
        }
        if (base.isNegative() || base.isZero() || max.compareTo(base) < 0) {
            throw new IllegalArgumentException("retry base must be positive and not above max");
        }
    }
}

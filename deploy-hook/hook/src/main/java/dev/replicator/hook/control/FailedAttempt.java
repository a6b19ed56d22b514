package dev.replicator.hook.control;

import java.time.Duration;
import java.time.Instant;

/**
 * The last attempt that did not succeed.
 *
 * @param outcome PARTIAL, REFUSED or FAILED
 * @param tries of this deployment in a row, 1 or more
 * @param notBefore when the next automatic try may be, by the store's time
 */
public record FailedAttempt(
        String deployment,
        String runId,
        String outcome,
        String message,
        int tries,
        Instant failedAt,
        Instant notBefore) {
    /** The pause after the first failed try. */
    public static final Duration FIRST_PAUSE = Duration.ofMinutes(1);

    /** The pause after so many tries: a minute, doubled by every further one, at most {@code longest} (but a minute). */
    public static Duration pause(int tries, Duration longest) {
        Duration most = longest.compareTo(FIRST_PAUSE) < 0 ? FIRST_PAUSE : longest;
        Duration doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(Math.max(tries, 1) - 1, 30));
        return doubled.compareTo(most) < 0 ? doubled : most;
    }
}

package dev.replicator.server.notify.send;

import java.time.Duration;
import java.util.Optional;

/**
 * How one attempt went. Immutable.
 *
 * @param code of HTTP or SMTP; 0 where there was no answer
 * @param problem for people; empty when it was delivered. Holds no address and nothing secret
 * @param retryAfter what the other side asks for
 */
public record Attempt(int code, String problem, Optional<Duration> retryAfter) {
    static Attempt delivered(int code) {
        return new Attempt(code, "", Optional.empty());
    }

    static Attempt failed(int code, String problem) {
        return new Attempt(code, problem, Optional.empty());
    }

    public boolean isDelivered() {
        return problem.isEmpty();
    }
}

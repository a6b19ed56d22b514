package dev.replicator.store;

import java.time.Clock;
import java.util.Map;

/**
 * What a store gets from its opener.
 *
 * @param meter counts every request on the wire
 * @param environment variables of the process, or a test's
 * @param retry for clients that repeat parts of one object themselves
 */
public record StoreContext(RequestMeter meter, Clock clock, Map<String, String> environment, RetrySettings retry) {
    public static StoreContext system() {
        return new StoreContext(new RequestMeter(), Clock.systemUTC(), System.getenv(), RetrySettings.DEFAULT);
    }

    public StoreContext withMeter(RequestMeter other) {
        return new StoreContext(other, clock, environment, retry);
    }

    public StoreContext withRetry(RetrySettings other) {
        return new StoreContext(meter, clock, environment, other);
    }
}

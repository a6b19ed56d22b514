package dev.replicator.store;

import java.time.Clock;
import java.util.Map;

/**
 * What a store gets from its opener.
 *
 * @param meter counts every request on the wire
 * @param environment variables of the process, or a test's
 * @param retry for clients that repeat parts of one object themselves
 * @param bytesInFlight for clients that hold parts of objects in memory: most bytes of them at once, or one part
 */
public record StoreContext(
        RequestMeter meter, Clock clock, Map<String, String> environment, RetrySettings retry, long bytesInFlight) {
    public static final long BYTES_IN_FLIGHT = 256L << 20;

    public StoreContext(RequestMeter meter, Clock clock, Map<String, String> environment, RetrySettings retry) {
        this(meter, clock, environment, retry, BYTES_IN_FLIGHT);
    }

    public static StoreContext system() {
        return new StoreContext(new RequestMeter(), Clock.systemUTC(), System.getenv(), RetrySettings.DEFAULT);
    }

    public StoreContext withMeter(RequestMeter other) {
        return new StoreContext(other, clock, environment, retry, bytesInFlight);
    }

    public StoreContext withRetry(RetrySettings other) {
        return new StoreContext(meter, clock, environment, other, bytesInFlight);
    }

    public StoreContext withBytesInFlight(long value) {
        return new StoreContext(meter, clock, environment, retry, value);
    }
}

package dev.replicator.hook.lease;

import dev.replicator.store.TransientStoreException;
import java.time.Duration;
import java.util.function.Supplier;

/** How long the answer to one request is waited for, whatever the client's own timeouts are. Thread-safe. */
public interface RequestLimit {
    /** Waits for as long as the client does. */
    RequestLimit NONE = new RequestLimit() {
        @Override
        public <T> T within(Duration longest, Supplier<T> request) {
            return request.get();
        }
    };

    /**
     * The request's answer or exception.
     *
     * @throws TransientStoreException when there is none after {@code longest}: the request is then left to itself, and
     *     may still take effect
     */
    <T> T within(Duration longest, Supplier<T> request);

    /** Each request in a daemon thread. */
    static RequestLimit daemon(String threadName) {
        return new DaemonRequests(threadName);
    }
}

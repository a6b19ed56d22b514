package dev.replicator.store.wrap;

import dev.replicator.store.KeyPrefix;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.RetrySettings;
import java.util.function.LongSupplier;

/**
 * The one place where decorators are stacked, innermost first: paced (each attempt waits its turn), retrying, read-only
 * for a source, empty while missing for a destination that makes its own bucket, prefixed.
 */
public final class StoreStack {
    private final RetrySettings retry;
    private final RetryBudget budget;
    private final int mostInFlight;
    private final int requestsPerSecond;
    private final LongSupplier nanoTime;

    /**
     * @param mostInFlight requests in flight per store, 1 or more
     * @param requestsPerSecond per store; 0 is no limit
     */
    public StoreStack(
            RetrySettings retry, RetryBudget budget, int mostInFlight, int requestsPerSecond, LongSupplier nanoTime) {
        this.retry = retry;
        this.budget = budget;
        this.mostInFlight = mostInFlight;
        this.requestsPerSecond = requestsPerSecond;
        this.nanoTime = nanoTime;
    }

    public ObjectStore source(ObjectStore store, KeyPrefix prefix) {
        return PrefixedObjectStore.of(new ReadOnlyObjectStore(resilient(store)), prefix);
    }

    public ObjectStore destination(ObjectStore store, KeyPrefix prefix) {
        return PrefixedObjectStore.of(MissingIsEmptyObjectStore.of(resilient(store)), prefix);
    }

    private ObjectStore resilient(ObjectStore store) {
        String endpoint = store.bucket().endpoint().isEmpty()
                ? store.bucket().toString()
                : store.bucket().endpoint();
        ObjectStore paced =
                new RateLimitedObjectStore(store, new Pace(endpoint, mostInFlight, requestsPerSecond, nanoTime));
        return new RetryingObjectStore(paced, new Retries(endpoint, retry, budget, nanoTime));
    }
}

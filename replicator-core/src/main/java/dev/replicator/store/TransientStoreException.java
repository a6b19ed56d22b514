package dev.replicator.store;

import java.time.Duration;
import java.util.Optional;

/** Worth a retry: network trouble, 5xx, throttling. The only kind that {@code RetryingObjectStore} repeats. */
public final class TransientStoreException extends StoreException {
    private static final long serialVersionUID = 1L;

    /** What kind of trouble; throttling slows down, an unknown outcome of a write is settled by reading back. */
    public enum Trouble {
        NETWORK,
        SERVER_ERROR,
        THROTTLED,
        /** A conditional write met another in flight (S3's 409 ConditionalRequestConflict). */
        CONFLICT
    }

    private final Trouble trouble;
    private final transient Optional<Duration> retryAfter;

    public TransientStoreException(Trouble trouble, String message, Optional<Duration> retryAfter, Throwable cause) {
        super(message, cause);
        this.trouble = trouble;
        this.retryAfter = retryAfter;
    }

    public TransientStoreException(Trouble trouble, String message) {
        super(message);
        this.trouble = trouble;
        this.retryAfter = Optional.empty();
    }

    public Trouble trouble() {
        return trouble;
    }

    @Override
    public Optional<Duration> retryAfter() {
        return retryAfter;
    }
}

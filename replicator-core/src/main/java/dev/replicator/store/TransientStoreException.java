package dev.replicator.store;

import java.time.Duration;
import java.util.Optional;

/**
 * Worth a retry: network trouble, 5xx, throttling. The only kind that {@code RetryingObjectStore} repeats, unless a client
 * below it {@linkplain #afterRepeats has done so}.
 */
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
    private final boolean repeatedBelow;

    public TransientStoreException(Trouble trouble, String message, Optional<Duration> retryAfter, Throwable cause) {
        super(message, cause);
        this.trouble = trouble;
        this.retryAfter = retryAfter;
        this.repeatedBelow = false;
    }

    public TransientStoreException(Trouble trouble, String message) {
        super(message);
        this.trouble = trouble;
        this.retryAfter = Optional.empty();
        this.repeatedBelow = false;
    }

    private TransientStoreException(TransientStoreException last) {
        super(String.valueOf(last.getMessage()), last);
        this.trouble = last.trouble;
        this.retryAfter = Optional.empty();
        this.repeatedBelow = true;
    }

    /**
     * This trouble after the client that sends the parts of one object has repeated the part as often as the settings
     * allow: final, for repeating the object would multiply the attempts and send all its other parts again.
     */
    public TransientStoreException afterRepeats() {
        return repeatedBelow ? this : new TransientStoreException(this);
    }

    /** Whether no layer above may repeat it, see {@link #afterRepeats}. */
    public boolean isRepeatedBelow() {
        return repeatedBelow;
    }

    public Trouble trouble() {
        return trouble;
    }

    @Override
    public Optional<Duration> retryAfter() {
        return retryAfter;
    }
}

package dev.replicator.store;

/** The store refuses the request as such. Never retried. */
public final class InvalidRequestException extends StoreException {
    private static final long serialVersionUID = 1L;

    /** What about the request can't be; some are reasons to skip an object rather than failures. */
    public enum Why {
        /** This store can't hold such a key. */
        UNSAFE_KEY,
        /** The object rests in an archived storage class. */
        ARCHIVED,
        TOO_LARGE,
        /** Encrypted with a key only its owner has (SSE-C). */
        CUSTOMER_KEY,
        /** Its metadata can't be held whole, and less was not wanted. */
        METADATA,
        OTHER
    }

    private final Why why;

    public InvalidRequestException(Why why, String message) {
        super(message);
        this.why = why;
    }

    public InvalidRequestException(Why why, String message, Throwable cause) {
        super(message, cause);
        this.why = why;
    }

    public InvalidRequestException(String message) {
        this(Why.OTHER, message);
    }

    public InvalidRequestException(String message, Throwable cause) {
        this(Why.OTHER, message, cause);
    }

    public Why why() {
        return why;
    }
}

package dev.replicator.store;

/** The store refuses the request as such (a key too long, an unsupported feature). Never retried. */
public final class InvalidRequestException extends StoreException {
    private static final long serialVersionUID = 1L;

    public InvalidRequestException(String message) {
        super(message);
    }

    public InvalidRequestException(String message, Throwable cause) {
        super(message, cause);
    }
}

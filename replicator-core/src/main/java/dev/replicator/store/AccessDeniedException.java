package dev.replicator.store;

/** The identity may not do this to this key (403). Never taken for absence, never retried. */
public final class AccessDeniedException extends StoreException {
    private static final long serialVersionUID = 1L;

    public AccessDeniedException(String message) {
        super(message);
    }

    public AccessDeniedException(String message, Throwable cause) {
        super(message, cause);
    }
}

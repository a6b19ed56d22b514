package dev.replicator.store;

/** A listing's answer can't be trusted as this bucket's keys: lying or torn body, wrong order, repeated token. */
public final class UnprovenListingException extends StoreException {
    private static final long serialVersionUID = 1L;

    public UnprovenListingException(String message) {
        super(message);
    }

    public UnprovenListingException(String message, Throwable cause) {
        super(message, cause);
    }
}

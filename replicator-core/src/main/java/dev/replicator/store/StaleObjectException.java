package dev.replicator.store;

/** A precondition no longer held: the object read, overwritten or deleted is not the version that was seen. */
public final class StaleObjectException extends StoreException {
    private static final long serialVersionUID = 1L;

    public StaleObjectException(String message) {
        super(message);
    }

    public StaleObjectException(String message, Throwable cause) {
        super(message, cause);
    }
}

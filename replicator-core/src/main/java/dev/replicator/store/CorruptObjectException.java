package dev.replicator.store;

/** Bytes are missing, too many or not those of the declared checksum. */
public final class CorruptObjectException extends StoreException {
    private static final long serialVersionUID = 1L;

    public CorruptObjectException(String message) {
        super(message);
    }

    public CorruptObjectException(String message, Throwable cause) {
        super(message, cause);
    }
}

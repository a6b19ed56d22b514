package dev.replicator.store.wrap;

import dev.replicator.store.StoreException;

/** A write failed because the body being written could not be read; {@link #reason} is the reader's verdict. */
public final class SourceReadException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final StoreException reason;

    public SourceReadException(StoreException reason) {
        super(String.valueOf(reason.getMessage()), reason);
        this.reason = reason;
    }

    public StoreException reason() {
        return reason;
    }
}

package dev.replicator.store;

/** The bucket, or a directory's root, is not there. Ends a run: exit code 6. */
public final class BucketNotFoundException extends StoreException {
    private static final long serialVersionUID = 1L;

    public BucketNotFoundException(String message) {
        super(message);
    }

    public BucketNotFoundException(String message, Throwable cause) {
        super(message, cause);
    }
}

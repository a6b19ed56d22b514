package dev.replicator.store;

/** No credentials, expired or wrong ones: nothing on this store will work. Ends a run: exit code 6. */
public final class CredentialsException extends StoreException {
    private static final long serialVersionUID = 1L;

    public CredentialsException(String message) {
        super(message);
    }

    public CredentialsException(String message, Throwable cause) {
        super(message, cause);
    }
}

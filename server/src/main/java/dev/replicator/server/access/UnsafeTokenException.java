package dev.replicator.server.access;

/** The file with the server's own token can't be trusted. */
public final class UnsafeTokenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnsafeTokenException(String message) {
        super(message);
    }
}

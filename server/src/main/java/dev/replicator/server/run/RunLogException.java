package dev.replicator.server.run;

/** The history can't be written or read: locked, full, damaged. */
public final class RunLogException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RunLogException(String message, Throwable cause) {
        super(message, cause);
    }
}

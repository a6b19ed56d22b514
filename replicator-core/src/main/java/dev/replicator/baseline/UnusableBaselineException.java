package dev.replicator.baseline;

/** A baseline that is torn, incomplete, about something else, or of a newer version. The message says which. */
final class UnusableBaselineException extends Exception {
    private static final long serialVersionUID = 1L;

    UnusableBaselineException(String message) {
        super(message);
    }

    UnusableBaselineException(String message, Throwable cause) {
        super(message, cause);
    }
}

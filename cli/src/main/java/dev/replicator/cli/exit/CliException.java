package dev.replicator.cli.exit;

/** Ends a command with a code and a message for people: what, where, why, what to do. */
public final class CliException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ExitCode code;

    public CliException(ExitCode code, String message) {
        super(message);
        this.code = code;
    }

    public static CliException usage(String message) {
        return new CliException(ExitCode.USAGE, message);
    }

    public ExitCode code() {
        return code;
    }
}

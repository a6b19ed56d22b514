package dev.replicator.cli.exit;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

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

    /** A file that was asked for can't be made, which is known before anything is contacted. */
    public static CliException unwritable(Path file, IOException e) {
        String why = e instanceof NoSuchFileException
                ? "there is no such folder"
                : e instanceof AccessDeniedException ? "permission denied" : String.valueOf(e.getMessage());
        return usage("can't write " + file + ": " + why);
    }

    public ExitCode code() {
        return code;
    }
}

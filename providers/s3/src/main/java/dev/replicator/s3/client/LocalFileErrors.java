package dev.replicator.s3.client;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * Tells the native client's trouble with the local file from its trouble with the service: both come as one exception
 * whose message ends in the native library's text (aws-c-common, {@code common.c}).
 */
final class LocalFileErrors {
    private static final int MOST_CAUSES = 10;

    /** The library's text, and what the system would have said. */
    private static final Map<String, String> TEXTS = Map.of(
            "Out of space on disk", "No space left on device",
            "Failed writing to file", "Writing to the file failed",
            "Failed opening file", "The file can't be opened",
            "Invalid file path", "No such directory",
            "User does not have permission to perform the requested action", "Permission denied",
            "The maximum number of fds has been exceeded", "Too many open files");

    private LocalFileErrors() {}

    /** The file's trouble in {@code error}; empty when it is none of the file's. */
    static Optional<IOException> in(Throwable error) {
        Throwable cause = error;
        for (int depth = 0; cause != null && depth < MOST_CAUSES; depth++) {
            String message = String.valueOf(cause.getMessage());
            for (Map.Entry<String, String> text : TEXTS.entrySet()) {
                if (message.contains(text.getKey())) {
                    return Optional.of(new IOException(text.getValue(), error));
                }
            }
            cause = cause.getCause();
        }
        return Optional.empty();
    }
}

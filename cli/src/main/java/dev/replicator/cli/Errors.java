package dev.replicator.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** Exceptions as people and scripts hear of them. */
final class Errors {
    private Errors() {}

    /** Message without class names, unless there is no message. */
    static String forPeople(Throwable error) {
        String message = error.getMessage();
        if (message == null || message.isBlank()) {
            return error.getClass().getSimpleName() + "; -vv shows where";
        }
        return message;
    }

    static String trace(Throwable error) {
        StringWriter trace = new StringWriter();
        error.printStackTrace(new PrintWriter(trace, true));
        return trace.toString();
    }
}

package dev.replicator.testkit.contract;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What failures say. */
final class Failures {
    private static final int DEEPEST = 50;

    private Failures() {}

    /** The failure, its cause, that one's cause, and so on. */
    static List<Throwable> causes(Throwable failure) {
        List<Throwable> causes = new ArrayList<>();
        @Nullable Throwable next = failure;
        while (next != null && causes.size() < DEEPEST) {
            causes.add(next);
            next = next.getCause();
        }
        return causes;
    }

    static String message(Throwable failure) {
        @Nullable String message = failure.getMessage();
        return message == null ? "" : message;
    }

    /** Everything that a log with the stack trace would show. */
    static String everything(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}

package dev.replicator.testkit.gcs.request;

import dev.replicator.testkit.gcs.model.GcsRefusal;
import dev.replicator.testkit.gcs.model.Reason;
import java.nio.charset.StandardCharsets;

/** The rules of "Object naming requirements" in the Cloud Storage documentation. */
public final class ObjectNames {
    private static final int MOST_BYTES = 1024;

    private ObjectNames() {}

    /** Refuses a name that no object can have. */
    public static void check(String name) {
        if (name.isEmpty()) {
            throw GcsRefusal.ofParameter(Reason.REQUIRED, "Required parameter: name", "name");
        }
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MOST_BYTES) {
            throw GcsRefusal.of(
                    Reason.INVALID,
                    "The maximum object length is 1024 characters, but got a name with " + bytes + " characters.");
        }
        boolean disallowed = name.indexOf('\n') >= 0
                || name.indexOf('\r') >= 0
                || name.equals(".")
                || name.equals("..")
                || name.startsWith(".well-known/acme-challenge/");
        if (disallowed) {
            throw GcsRefusal.of(Reason.INVALID, "Disallowed unicode characters present in object name '" + name + "'");
        }
    }
}

package dev.replicator.testkit.gcs.request;

import dev.replicator.testkit.gcs.model.GcsRefusal;
import dev.replicator.testkit.gcs.model.Reason;
import dev.replicator.testkit.gcs.store.Preconditions;
import dev.replicator.testkit.gcs.store.StoredObject;

/** Reads preconditions from a request's parameters. */
public final class Conditions {
    private Conditions() {}

    /** Of the object that is read or written. */
    public static Preconditions of(GcsRequest request) {
        return new Preconditions(
                request.number("ifGenerationMatch"),
                request.number("ifGenerationNotMatch"),
                request.number("ifMetagenerationMatch"),
                request.number("ifMetagenerationNotMatch"));
    }

    /** Of the object that a rewrite or copy reads. */
    public static Preconditions ofSource(GcsRequest request) {
        return new Preconditions(
                request.number("ifSourceGenerationMatch"),
                request.number("ifSourceGenerationNotMatch"),
                request.number("ifSourceMetagenerationMatch"),
                request.number("ifSourceMetagenerationNotMatch"));
    }

    /** All conditions of a read: the parameters, and {@code If-Match} and {@code If-None-Match} with an ETag. */
    public static void checkRead(GcsRequest request, StoredObject object) {
        of(request).check(object);
        boolean differs = request.header("if-match")
                .filter(etag -> !unquoted(etag).equals(object.etag()))
                .isPresent();
        if (differs) {
            throw GcsRefusal.conditionNotMet();
        }
        boolean same = request.header("if-none-match")
                .filter(etag -> unquoted(etag).equals(object.etag()))
                .isPresent();
        if (same) {
            throw GcsRefusal.of(Reason.NOT_MODIFIED);
        }
    }

    private static String unquoted(String etag) {
        return etag.replace("\"", "");
    }
}

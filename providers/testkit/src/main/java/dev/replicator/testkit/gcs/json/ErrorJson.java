package dev.replicator.testkit.gcs.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.replicator.testkit.gcs.model.GcsRefusal;

/** Errors as {@code {"error": {"code", "message", "errors": [{"message", "domain", "reason", …}]}}}. */
public final class ErrorJson {
    private ErrorJson() {}

    public static ObjectNode of(GcsRefusal refusal) {
        ObjectNode document = Json.object();
        ObjectNode error = document.putObject("error");
        error.put("code", refusal.status()).put("message", refusal.message());
        ObjectNode detail = error.putArray("errors").addObject();
        detail.put("message", refusal.message())
                .put("domain", "global")
                .put("reason", refusal.reason().word());
        if (!refusal.locationType().isEmpty()) {
            detail.put("locationType", refusal.locationType()).put("location", refusal.location());
        }
        return document;
    }
}

package dev.replicator.testkit.gcs.api;

import dev.replicator.testkit.gcs.json.ErrorJson;
import dev.replicator.testkit.gcs.json.Json;
import dev.replicator.testkit.gcs.model.GcsOperation;
import dev.replicator.testkit.gcs.model.GcsRefusal;
import dev.replicator.testkit.gcs.model.Reason;
import dev.replicator.testkit.http.HttpResponse;
import dev.replicator.testkit.http.Payload;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Answers to what is refused: JSON, but plain text for media and for the protocol of resumable uploads. */
final class ErrorAnswers {
    private static final Set<GcsOperation> SESSION =
            Set.of(GcsOperation.RESUMABLE_CHUNK, GcsOperation.RESUMABLE_QUERY, GcsOperation.RESUMABLE_CANCEL);
    private static final Set<Reason> OF_SESSIONS =
            Set.of(Reason.INVALID_UPLOAD, Reason.NOT_FOUND, Reason.GONE, Reason.CANCELLED);

    private ErrorAnswers() {}

    static HttpResponse of(GcsOperation operation, GcsRefusal refusal) {
        HttpResponse answer = HttpResponse.of(refusal.status()).withAll(refusal.headers());
        if (refusal.status() == 304) {
            return answer;
        }
        boolean text = operation == GcsOperation.MEDIA
                || (SESSION.contains(operation) && OF_SESSIONS.contains(refusal.reason()));
        if (text) {
            return answer.with("Content-Type", "text/html; charset=UTF-8")
                    .withBody(Payload.of(refusal.message().getBytes(StandardCharsets.UTF_8)));
        }
        return answer.with("Content-Type", "application/json; charset=UTF-8").withBody(document(refusal));
    }

    static Payload document(GcsRefusal refusal) {
        return Payload.of(Json.bytes(ErrorJson.of(refusal)));
    }
}

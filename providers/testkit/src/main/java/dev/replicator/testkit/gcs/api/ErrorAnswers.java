package dev.replicator.testkit.gcs.api;

import dev.replicator.testkit.gcs.json.ErrorJson;
import dev.replicator.testkit.gcs.json.Json;
import dev.replicator.testkit.gcs.model.GcsOperation;
import dev.replicator.testkit.gcs.model.GcsRefusal;
import dev.replicator.testkit.gcs.model.Reason;
import dev.replicator.testkit.http.HttpResponse;
import dev.replicator.testkit.http.Payload;
import java.nio.charset.StandardCharsets;

/** Answers to what is refused: JSON, but text for media and for a gap in a resumable upload. */
final class ErrorAnswers {
    private ErrorAnswers() {}

    static HttpResponse of(GcsOperation operation, GcsRefusal refusal) {
        HttpResponse answer = HttpResponse.of(refusal.status()).withAll(refusal.headers());
        if (refusal.status() == 304) {
            return answer;
        }
        if (refusal.reason() == Reason.UPLOAD_OFFSET_GAP) {
            return answer.with("Content-Type", "text/plain; charset=utf-8").withBody(text(refusal));
        }
        if (operation == GcsOperation.MEDIA) {
            return answer.with("Content-Type", "text/html; charset=UTF-8").withBody(text(refusal));
        }
        return answer.with("Content-Type", "application/json; charset=UTF-8").withBody(document(refusal));
    }

    private static Payload text(GcsRefusal refusal) {
        return Payload.of(refusal.message().getBytes(StandardCharsets.UTF_8));
    }

    static Payload document(GcsRefusal refusal) {
        return Payload.of(Json.bytes(ErrorJson.of(refusal)));
    }
}

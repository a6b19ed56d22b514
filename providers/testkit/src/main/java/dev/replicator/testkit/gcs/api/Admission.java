package dev.replicator.testkit.gcs.api;

import dev.replicator.testkit.gcs.json.FieldsMask;
import dev.replicator.testkit.gcs.model.GcsOperation;
import dev.replicator.testkit.gcs.model.GcsRefusal;
import dev.replicator.testkit.gcs.model.Reason;
import dev.replicator.testkit.gcs.request.GcsRequest;
import dev.replicator.testkit.http.Headers;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/** Lets requests in: who sends them, and whether what they ask for can be asked for at all. */
final class Admission {
    private final Set<String> tokens;

    /** Only these bearer tokens are let in; with none, everybody is. */
    Admission(Set<String> tokens) {
        this.tokens = Set.copyOf(tokens);
    }

    GcsRequest admit(Turn turn) throws IOException {
        authenticate(turn.request().headers());
        FieldsMask mask = mask(turn);
        return request(turn, body(turn), mask);
    }

    /** A request of which only these bytes arrived. */
    GcsRequest cut(Turn turn, byte[] arrived) {
        authenticate(turn.request().headers());
        return request(turn, arrived, FieldsMask.ALL);
    }

    private static GcsRequest request(Turn turn, byte[] body, FieldsMask mask) {
        return new GcsRequest(turn.route(), turn.request().headers(), body, mask, turn.plan(), turn.base());
    }

    private void authenticate(Headers headers) {
        if (tokens.isEmpty()) {
            return;
        }
        Optional<String> authorization = headers.first("authorization");
        if (authorization.isEmpty()) {
            throw challenged(Reason.LOGIN_REQUIRED);
        }
        String token = authorization.get().replaceFirst("(?i)^bearer ", "");
        if (token.equals(authorization.get()) || !tokens.contains(token)) {
            throw challenged(Reason.AUTH_ERROR);
        }
    }

    private static GcsRefusal challenged(Reason reason) {
        return GcsRefusal.of(reason)
                .at("header", "Authorization")
                .withHeader("WWW-Authenticate", "Bearer realm=\"https://accounts.google.com/\"");
    }

    private static FieldsMask mask(Turn turn) {
        Optional<String> fields = turn.route().query().first("fields").filter(text -> !text.isEmpty());
        if (fields.isEmpty()) {
            return FieldsMask.ALL;
        }
        FieldsMask mask = FieldsMask.parse(fields.get());
        mask.check(kind(turn.route().operation()));
        return mask;
    }

    private static String kind(GcsOperation operation) {
        return switch (operation) {
            case LIST -> "storage#objects";
            case GET, INSERT, COPY, COMPOSE, PATCH, UPDATE -> "storage#object";
            case REWRITE -> "storage#rewriteResponse";
            default -> "";
        };
    }

    private static byte[] body(Turn turn) throws IOException {
        byte[] sent = turn.body().read();
        boolean zipped = turn.request()
                .headers()
                .first("content-encoding")
                .filter("gzip"::equalsIgnoreCase)
                .isPresent();
        if (!zipped || sent.length == 0) {
            return sent;
        }
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(sent))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw GcsRefusal.of(Reason.PARSE_ERROR, "The request's body is not the gzip it says to be.");
        }
    }
}

package dev.replicator.gcs.client;

import com.google.api.client.http.HttpHeaders;
import com.google.api.client.http.HttpResponse;
import com.google.api.client.http.HttpResponseException;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An answer that is an error: JSON of {@code error.code}, {@code error.message} and {@code error.errors[].reason} (of
 * which Google's client keeps what is within {@code error}), or plain text where bytes were asked for.
 *
 * @param status HTTP status; the error's own code where it stands in an answer that claims success
 * @param reason the first reason, empty where the answer had none
 * @param message the service's words, may be empty
 */
public record Refusal(int status, String reason, String message, Optional<Duration> retryAfter) {
    private static final int MAX_TEXT = 64 * 1024;

    /** What the client's exception tells. */
    public static Refusal of(HttpResponseException error) {
        return of(error.getStatusCode(), error.getContent(), error.getHeaders());
    }

    /** Reads the refusal's body. */
    public static Refusal of(HttpResponse response) throws IOException {
        InputStream content = response.getContent();
        String text = content == null ? "" : new String(content.readNBytes(MAX_TEXT), StandardCharsets.UTF_8);
        return of(response.getStatusCode(), text, response.getHeaders());
    }

    /** The refusal that a status and a body spell. */
    public static Refusal of(int status, @Nullable String content, @Nullable HttpHeaders headers) {
        String text = content == null ? "" : content.strip();
        Optional<Duration> retryAfter = headers == null ? Optional.empty() : seconds(headers.getRetryAfter());
        Optional<JsonObject> error = text.startsWith("{") ? error(text) : Optional.empty();
        if (error.isEmpty()) {
            return new Refusal(status, "", text.startsWith("<") ? "" : text, retryAfter);
        }
        return new Refusal(code(status, error.get()), reason(error.get()), word(error.get(), "message"), retryAfter);
    }

    private static int code(int status, JsonObject error) {
        String code = word(error, "code");
        return status < 300 && code.matches("[45]\\d\\d") ? Integer.parseInt(code) : status;
    }

    private static Optional<JsonObject> error(String text) {
        try {
            JsonObject whole = JsonParser.parseString(text).getAsJsonObject();
            JsonElement error = whole.get("error");
            if (error != null && error.isJsonObject()) {
                return Optional.of(error.getAsJsonObject());
            }
            return whole.has("message") ? Optional.of(whole) : Optional.empty();
        } catch (JsonParseException | IllegalStateException e) {
            return Optional.empty();
        }
    }

    private static String reason(JsonObject error) {
        JsonElement errors = error.get("errors");
        if (errors == null
                || !errors.isJsonArray()
                || errors.getAsJsonArray().isEmpty()
                || !errors.getAsJsonArray().get(0).isJsonObject()) {
            return "";
        }
        return word(errors.getAsJsonArray().get(0).getAsJsonObject(), "reason");
    }

    private static String word(JsonObject object, String name) {
        JsonElement value = object.get(name);
        return value != null && value.isJsonPrimitive() ? value.getAsString() : "";
    }

    private static Optional<Duration> seconds(@Nullable String value) {
        return Optional.ofNullable(value)
                .filter(text -> text.matches("\\d{1,6}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)));
    }
}

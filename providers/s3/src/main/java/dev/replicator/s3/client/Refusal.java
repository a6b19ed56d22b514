package dev.replicator.s3.client;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * A service's answer that is an error.
 *
 * @param status HTTP status; 200 for an error within a success
 * @param code S3's error code, empty where the answer had none (every answer to a HEAD)
 * @param message the service's words, may be empty
 * @param region the bucket's region where the answer names it
 */
public record Refusal(int status, String code, String message, Optional<Duration> retryAfter, Optional<String> region) {
    private static final int MAX_TEXT = 64 * 1024;

    /** The refusal that an HTTP answer and its body spell. */
    public static Refusal of(SdkHttpResponse response, byte[] body, int length) {
        String text = new String(body, 0, Math.min(length, MAX_TEXT), StandardCharsets.UTF_8);
        Optional<String> region =
                response.firstMatchingHeader("x-amz-bucket-region").or(() -> element(text, "Region"));
        return new Refusal(
                response.statusCode(),
                element(text, "Code").orElse(""),
                element(text, "Message").orElse(""),
                retryAfter(response),
                region);
    }

    static Optional<Duration> retryAfter(SdkHttpResponse response) {
        return response.firstMatchingHeader("Retry-After")
                .filter(value -> value.length() < 7 && value.chars().allMatch(c -> c >= '0' && c <= '9'))
                .filter(value -> !value.isEmpty())
                .map(value -> Duration.ofSeconds(Long.parseLong(value)));
    }

    private static Optional<String> element(String text, String name) {
        int from = text.indexOf("<" + name + ">");
        if (from < 0) {
            return Optional.empty();
        }
        int start = from + name.length() + 2;
        int end = text.indexOf("</" + name + ">", start);
        return end < 0 ? Optional.empty() : Optional.of(text.substring(start, end));
    }
}

package dev.replicator.testkit.s3.model;

import java.util.LinkedHashMap;
import java.util.Map;

/** An error answer: thrown wherever a rule of S3 is broken, written as XML at the edge. Carries no stack trace. */
public final class S3Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final String message;
    private final transient Map<String, String> details;
    private final transient Map<String, String> headers;

    private S3Refusal(ErrorCode code, String message, Map<String, String> details, Map<String, String> headers) {
        super(message, null, false, false);
        this.code = code;
        this.message = message;
        this.details = details;
        this.headers = headers;
    }

    /** With S3's own message. */
    public static S3Refusal of(ErrorCode code) {
        return new S3Refusal(code, code.message(), Map.of(), Map.of());
    }

    /** With a message of its own. */
    public static S3Refusal of(ErrorCode code, String message) {
        return new S3Refusal(code, message, Map.of(), Map.of());
    }

    /** The same refusal with one more element in its XML. */
    public S3Refusal with(String element, String text) {
        Map<String, String> more = new LinkedHashMap<>(details);
        more.put(element, text);
        return new S3Refusal(code, message, more, headers);
    }

    /** The same refusal with one more header field. */
    public S3Refusal withHeader(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new S3Refusal(code, message, details, more);
    }

    public ErrorCode code() {
        return code;
    }

    /** The text of the Message element. */
    public String message() {
        return message;
    }

    /** Further elements, in the order they are written. */
    public Map<String, String> details() {
        return details;
    }

    /** Further header fields, in order. */
    public Map<String, String> headers() {
        return headers;
    }
}

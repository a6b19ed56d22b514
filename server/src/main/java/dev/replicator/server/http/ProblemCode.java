package dev.replicator.server.http;

import java.util.Arrays;
import java.util.Optional;

/**
 * Every problem that the server answers with (RFC 9457). Codes are for scripts and stay as they are; docs/api-problems.md
 * lists them, and a test holds the two together.
 */
public enum ProblemCode {
    BAD_REQUEST(400, "bad-request", "The request can't be understood"),
    UNAUTHENTICATED(401, "unauthenticated", "A token is needed"),
    FORBIDDEN(403, "forbidden", "Your role does not allow this"),
    CROSS_SITE(403, "cross-site", "Another site asked for this"),
    NOT_FOUND(404, "not-found", "There is no such thing"),
    NEVER_LOOKED(404, "never-looked", "Nobody has looked yet"),
    METHOD_NOT_ALLOWED(405, "method-not-allowed", "There is no such method here"),
    NOT_ACCEPTABLE(406, "not-acceptable", "It is not to be had in this form"),
    REQUEST_TIMEOUT(408, "request-timeout", "The request took too long to arrive"),
    ALREADY_RUNNING(409, "already-running", "The job is running"),
    ALREADY_ENDED(409, "already-ended", "The run has ended"),
    NOT_APPROVED(409, "not-approved", "The plan is not approved"),
    ALREADY_DECIDED(409, "already-decided", "The plan is decided about"),
    PLAN_TAKEN(409, "plan-taken", "The plan can't be applied"),
    KEY_IN_USE(409, "idempotency-key-in-use", "The first request with this key is still being done"),
    PLAN_GONE(410, "plan-gone", "The plan is gone"),
    ANOTHER_PLAN(412, "another-plan", "This is another plan"),
    BODY_TOO_LARGE(413, "body-too-large", "The body is too large"),
    URI_TOO_LONG(414, "uri-too-long", "The address is too long"),
    UNSUPPORTED_MEDIA_TYPE(415, "unsupported-media-type", "Bodies are JSON"),
    WRONG_HOST(421, "wrong-host", "The server does not have this name"),
    KEY_REUSED(422, "idempotency-key-reused", "The key was used for another request"),
    OUTSIDE_THE_JOB(422, "outside-the-job", "The job does not reach so far"),
    COMMENT_MISSING(422, "comment-missing", "A comment is needed"),
    IF_MATCH_MISSING(428, "if-match-missing", "Say which plan"),
    TOO_MANY_ATTEMPTS(429, "too-many-attempts", "Too many wrong tokens came from there"),
    TOO_MANY_REQUESTS(429, "too-many-requests", "Too many changes at once"),
    HEADERS_TOO_LARGE(431, "headers-too-large", "The headers are too large"),
    INTERNAL(500, "internal", "An error of Replicator itself"),
    NOT_IMPLEMENTED(501, "not-implemented", "The server does not know this"),
    NOT_DELIVERED(502, "not-delivered", "The notification did not arrive"),
    UNAVAILABLE(503, "unavailable", "The server is busy or being stopped"),
    HISTORY_UNAVAILABLE(503, "history-unavailable", "The history can't be used"),
    AUDIT_UNAVAILABLE(503, "audit-unavailable", "The audit can't be written"),
    TOO_MANY_WATCHERS(503, "too-many-watchers", "Too many watch already"),
    NOT_READY(503, "not-ready", "The server is not ready"),
    VERSION_NOT_SUPPORTED(505, "http-version-not-supported", "This version of HTTP is not spoken here");

    private final int status;
    private final String code;
    private final String title;

    ProblemCode(int status, String code, String title) {
        this.status = status;
        this.code = code;
        this.title = title;
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    public String title() {
        return title;
    }

    public String type() {
        return "urn:replicator:problem:" + code;
    }

    /** The one of that name. */
    public static Optional<ProblemCode> of(String code) {
        return Arrays.stream(values()).filter(value -> value.code.equals(code)).findFirst();
    }

    /** The first one of that status, which says no more than it; else of its class. */
    public static ProblemCode ofStatus(int status) {
        return Arrays.stream(values())
                .filter(value -> value.status == status)
                .findFirst()
                .orElse(status < 500 ? BAD_REQUEST : INTERNAL);
    }
}

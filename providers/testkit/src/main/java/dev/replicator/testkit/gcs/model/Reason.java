package dev.replicator.testkit.gcs.model;

/**
 * The errors of the JSON API: HTTP status, {@code reason} and the message where a request has none of its own. From
 * "HTTP status and error codes for JSON" of the Cloud Storage documentation.
 */
public enum Reason {
    /** What had not to match does; answered without a body. */
    NOT_MODIFIED(304, "notModified", "Not Modified"),
    INVALID(400, "invalid", "Invalid argument."),
    INVALID_PARAMETER(400, "invalidParameter", "Invalid value."),
    PARSE_ERROR(400, "parseError", "Parse Error"),
    /** The bytes can't be read without the owner's key. */
    CUSTOMER_KEY_NEEDED(
            400,
            "resourceIsEncryptedWithCustomerEncryptionKey",
            "The target object is encrypted by a customer-supplied encryption key."),
    REQUIRED(400, "required", "Required"),
    USER_PROJECT_MISSING(400, "required", "Bucket is a requester pays bucket but no user project provided."),
    AUTH_ERROR(401, "authError", "Invalid Credentials"),
    LOGIN_REQUIRED(
            401,
            "required",
            "Anonymous caller does not have storage.objects.get access to the Google Cloud Storage object."),
    FORBIDDEN(
            403,
            "forbidden",
            "The caller does not have the required access to the Google Cloud Storage object. Permission denied on"
                    + " resource (or it may not exist)."),
    OBJECT_UNDER_ACTIVE_HOLD(403, "objectUnderActiveHold", "Object is under active hold."),
    NOT_FOUND(404, "notFound", "Not Found"),
    METHOD_NOT_ALLOWED(405, "methodNotAllowed", "Method Not Allowed"),
    REQUEST_TIMEOUT(408, "requestTimeout", "Request Timeout"),
    CONFLICT(409, "conflict", "Conflict"),
    GONE(410, "gone", "Gone"),
    CONDITION_NOT_MET(412, "conditionNotMet", "At least one of the pre-conditions you specified did not hold."),
    UPLOAD_TOO_LARGE(413, "uploadTooLarge", "Request Entity Too Large"),
    RANGE_NOT_SATISFIABLE(416, "requestedRangeNotSatisfiable", "Request range not satisfiable"),
    RATE_LIMIT_EXCEEDED(
            429, "rateLimitExceeded", "The rate of requests exceeds the rate limit. Please reduce your request rate."),
    CANCELLED(499, "clientClosedRequest", "Client Closed Request"),
    INTERNAL_ERROR(500, "internalError", "We encountered an internal error. Please try again."),
    BAD_GATEWAY(502, "badGateway", "Bad Gateway"),
    BACKEND_ERROR(503, "backendError", "Backend Error"),
    /** A resumable upload's bytes that leave a gap; answered as plain text. */
    UPLOAD_OFFSET_GAP(503, "backendError", "Invalid request."),
    GATEWAY_TIMEOUT(504, "gatewayTimeout", "Gateway Timeout");

    private final int status;
    private final String word;
    private final String message;

    Reason(int status, String word, String message) {
        this.status = status;
        this.word = word;
        this.message = message;
    }

    public int status() {
        return status;
    }

    /** As in {@code error.errors[].reason}. */
    public String word() {
        return word;
    }

    public String message() {
        return message;
    }
}

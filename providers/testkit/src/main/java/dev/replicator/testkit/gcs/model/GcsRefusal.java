package dev.replicator.testkit.gcs.model;

import java.util.LinkedHashMap;
import java.util.Map;

/** An error answer: thrown wherever a rule of GCS is broken, written at the edge. Carries no stack trace. */
public final class GcsRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final int status;
    private final String message;
    private final String locationType;
    private final String location;
    private final transient Map<String, String> headers;

    private GcsRefusal(
            Reason reason,
            int status,
            String message,
            String locationType,
            String location,
            Map<String, String> headers) {
        super(message, null, false, false);
        this.reason = reason;
        this.status = status;
        this.message = message;
        this.locationType = locationType;
        this.location = location;
        this.headers = headers;
    }

    /** With the reason's own message. */
    public static GcsRefusal of(Reason reason) {
        return of(reason, reason.message());
    }

    public static GcsRefusal of(Reason reason, String message) {
        return new GcsRefusal(reason, reason.status(), message, "", "", Map.of());
    }

    /** Names the query parameter at fault. */
    public static GcsRefusal ofParameter(Reason reason, String message, String parameter) {
        return of(reason, message).at("parameter", parameter);
    }

    /** A precondition that did not hold. */
    public static GcsRefusal conditionNotMet() {
        return of(Reason.CONDITION_NOT_MET).at("header", "If-Match");
    }

    public static GcsRefusal noSuchObject(String bucket, String name) {
        return of(Reason.NOT_FOUND, "No such object: " + bucket + "/" + name);
    }

    /** The same refusal saying where in the request the fault lies. */
    public GcsRefusal at(String newLocationType, String newLocation) {
        return new GcsRefusal(reason, status, message, newLocationType, newLocation, headers);
    }

    public GcsRefusal withStatus(int newStatus) {
        return new GcsRefusal(reason, newStatus, message, locationType, location, headers);
    }

    /** The same refusal with one more header field. */
    public GcsRefusal withHeader(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new GcsRefusal(reason, status, message, locationType, location, more);
    }

    public Reason reason() {
        return reason;
    }

    public int status() {
        return status;
    }

    /** The text of {@code error.message}. */
    public String message() {
        return message;
    }

    /** {@code parameter} or {@code header}; empty when the refusal points at nothing. */
    public String locationType() {
        return locationType;
    }

    public String location() {
        return location;
    }

    /** Further header fields, in order. */
    public Map<String, String> headers() {
        return headers;
    }
}

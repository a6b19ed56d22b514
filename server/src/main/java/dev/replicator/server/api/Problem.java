package dev.replicator.server.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.replicator.server.description.RequestRules;
import dev.replicator.server.http.ProblemCode;
import io.javalin.http.Context;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * What the API answers instead of what was asked for: a problem document of RFC 9457.
 *
 * @param code one of {@link ProblemCode}: for scripts; stays as it is from version to version
 * @param detail for people
 * @param violations what of the request is wrong, where it is
 * @param retryAfterSeconds when it may be asked again
 */
public record Problem(
        int status,
        String code,
        String title,
        String detail,
        List<RequestRules.Violation> violations,
        OptionalLong retryAfterSeconds) {
    private static final ObjectMapper JSON = new ObjectMapper();
    static final String MEDIA_TYPE = "application/problem+json";

    /** With its name in the context, a request's trace id. */
    static final String TRACE_ID = "replicator.trace";

    public Problem {
        violations = List.copyOf(violations);
    }

    Problem(int status, String code, String title, String detail) {
        this(status, code, title, detail, List.of(), OptionalLong.empty());
    }

    public static Problem of(ProblemCode code, String detail) {
        return new Problem(code.status(), code.code(), code.title(), detail);
    }

    public static Problem badRequest(String detail) {
        return of(ProblemCode.BAD_REQUEST, detail);
    }

    public static Problem badRequest(List<RequestRules.Violation> violations) {
        String detail = violations.stream()
                .map(violation -> (violation.where().isEmpty() ? "" : violation.where() + ": ") + violation.detail())
                .collect(Collectors.joining("; "));
        ProblemCode code = ProblemCode.BAD_REQUEST;
        return new Problem(code.status(), code.code(), code.title(), detail, violations, OptionalLong.empty());
    }

    /** A part of the body is no such thing. */
    public static Problem badField(String pointer, String detail) {
        return badRequest(List.of(new RequestRules.Violation(true, pointer, detail)));
    }

    /** A part of the body is well-formed, and can't be done. */
    public static Problem unprocessable(ProblemCode code, String pointer, String detail) {
        return new Problem(
                code.status(),
                code.code(),
                code.title(),
                pointer + ": " + detail,
                List.of(new RequestRules.Violation(true, pointer, detail)),
                OptionalLong.empty());
    }

    public static Problem notFound(String detail) {
        return of(ProblemCode.NOT_FOUND, detail);
    }

    Problem retryAfter(long seconds) {
        return new Problem(status, code, title, detail, violations, OptionalLong.of(seconds));
    }

    /** Answers with this. */
    public void answer(Context context) {
        answer(context, json());
    }

    /** Answers with this and the run that it is about. */
    public void answer(Context context, String runId) {
        answer(context, json().put("runId", runId));
    }

    private void answer(Context context, ObjectNode json) {
        json.put("instance", context.path());
        json.put("traceId", Objects.requireNonNullElse(context.<String>attribute(TRACE_ID), ""));
        retryAfterSeconds.ifPresent(seconds -> context.header("Retry-After", Long.toString(seconds)));
        context.status(status).contentType(MEDIA_TYPE).result(json.toString());
    }

    private ObjectNode json() {
        ObjectNode json = JSON.createObjectNode()
                .put("type", "urn:replicator:problem:" + code)
                .put("title", title)
                .put("status", status)
                .put("code", code)
                .put("detail", detail);
        if (!violations.isEmpty()) {
            ArrayNode errors = json.putArray("errors");
            violations.forEach(violation -> errors.addObject()
                    .put(violation.inBody() ? "pointer" : "parameter", violation.where())
                    .put("detail", violation.detail()));
        }
        return json;
    }

    /** This, thrown through a handler. */
    public ProblemException thrown() {
        return new ProblemException(this);
    }

    /** Carries a problem to where it is answered. */
    public static final class ProblemException extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Problem problem;

        private ProblemException(Problem problem) {
            super(problem.detail(), null, false, false);
            this.problem = problem;
        }

        Problem problem() {
            return problem;
        }
    }
}

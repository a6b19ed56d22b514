package dev.replicator.server.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.util.List;

/**
 * What the API answers instead of what was asked for: a problem document of RFC 9457.
 *
 * @param code for scripts; stays as it is from version to version
 * @param detail for people
 * @param errors which parts of the request's body are wrong; may be empty
 */
record Problem(int status, String code, String title, String detail, List<FieldError> errors) {
    private static final ObjectMapper JSON = new ObjectMapper();
    static final String MEDIA_TYPE = "application/problem+json";

    /**
     * What is wrong with a part of the body.
     *
     * @param pointer a JSON pointer into it
     */
    record FieldError(String pointer, String detail) {}

    Problem {
        errors = List.copyOf(errors);
    }

    Problem(int status, String code, String title, String detail) {
        this(status, code, title, detail, List.of());
    }

    /** A part of the body is no such thing. */
    static Problem badField(String pointer, String detail) {
        return new Problem(
                400,
                "bad-request",
                "The request can't be understood",
                pointer + ": " + detail,
                List.of(new FieldError(pointer, detail)));
    }

    /** A part of the body is well-formed, and can't be done. */
    static Problem unprocessable(String code, String pointer, String detail) {
        return new Problem(
                422, code, "This can't be done", pointer + ": " + detail, List.of(new FieldError(pointer, detail)));
    }

    static Problem badRequest(String detail) {
        return new Problem(400, "bad-request", "The request can't be understood", detail);
    }

    static Problem notFound(String detail) {
        return new Problem(404, "not-found", "There is no such thing", detail);
    }

    /** Answers with this. */
    void answer(Context context) {
        answer(context, json());
    }

    /** Answers with this and the run that it is about. */
    void answer(Context context, String runId) {
        answer(context, json().put("runId", runId));
    }

    private void answer(Context context, ObjectNode json) {
        context.status(status)
                .contentType(MEDIA_TYPE)
                .result(json.put("instance", context.path()).toString());
    }

    private ObjectNode json() {
        ObjectNode json = JSON.createObjectNode()
                .put("type", "urn:replicator:problem:" + code)
                .put("title", title)
                .put("status", status)
                .put("code", code)
                .put("detail", detail);
        if (!errors.isEmpty()) {
            ArrayNode list = json.putArray("errors");
            errors.forEach(
                    error -> list.addObject().put("pointer", error.pointer()).put("detail", error.detail()));
        }
        return json;
    }

    /** This, thrown through a handler. */
    ProblemException thrown() {
        return new ProblemException(this);
    }

    /** Carries a problem to where it is answered. */
    static final class ProblemException extends RuntimeException {
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

package dev.replicator.server.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;

/**
 * What the API answers instead of what was asked for: a problem document of RFC 9457.
 *
 * @param code for scripts; stays as it is from version to version
 * @param detail for people
 */
public record Problem(int status, String code, String title, String detail) {
    private static final ObjectMapper JSON = new ObjectMapper();
    static final String MEDIA_TYPE = "application/problem+json";

    public static Problem badRequest(String detail) {
        return new Problem(400, "bad-request", "The request can't be understood", detail);
    }

    public static Problem notFound(String detail) {
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
        return JSON.createObjectNode()
                .put("type", "urn:replicator:problem:" + code)
                .put("title", title)
                .put("status", status)
                .put("code", code)
                .put("detail", detail);
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

package dev.replicator.server.http;

/** The problem documents of {@link BareErrors}: of a status alone. */
final class BareProblem {
    private BareProblem() {}

    static String of(int status, String traceId) {
        ProblemCode code = ProblemCode.ofStatus(status);
        return "{\"type\":\"" + code.type() + "\",\"title\":\"" + code.title() + "\",\"status\":" + code.status()
                + ",\"code\":\"" + code.code() + "\",\"detail\":\"" + code.title() + "\",\"instance\":\"\",\"traceId\":\""
                + traceId + "\"}";
    }
}

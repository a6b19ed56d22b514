package dev.replicator.server.http;

/** Problem documents where there is nothing but a status to tell. */
public final class BareProblem {
    private BareProblem() {}

    /** The whole document. */
    public static String of(int status) {
        ProblemCode code = ProblemCode.ofStatus(status);
        return "{\"type\":\"" + code.type() + "\",\"title\":\"" + code.title() + "\",\"status\":" + code.status()
                + ",\"code\":\"" + code.code() + "\",\"detail\":\"" + code.title()
                + "\",\"instance\":\"\",\"traceId\":\""
                + TraceId.random() + "\"}";
    }
}

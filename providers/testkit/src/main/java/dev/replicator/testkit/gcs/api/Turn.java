package dev.replicator.testkit.gcs.api;

import dev.replicator.testkit.gcs.model.GcsCall;
import dev.replicator.testkit.gcs.request.Route;
import dev.replicator.testkit.gcs.request.Router;
import dev.replicator.testkit.http.HttpRequest;
import dev.replicator.testkit.wire.FaultPlan;
import java.io.IOException;

/**
 * One request on its way to an answer, alone or within a batch.
 *
 * @param base the server's address as the client wrote it
 */
record Turn(HttpRequest request, Route route, GcsCall call, FaultPlan plan, Body body, String base) {
    /** Where the request's bytes come from; read at most once. */
    interface Body {
        byte[] read() throws IOException;
    }

    static Turn of(HttpRequest request, Body body, String base) {
        Route route = Router.route(request);
        String source = route.sourceBucket().isEmpty() ? "" : route.sourceBucket() + "/" + route.sourceName();
        GcsCall call = new GcsCall(
                route.operation(),
                route.method(),
                route.bucket(),
                route.name(),
                source,
                route.query().asMap(),
                request.headers().asMap());
        return new Turn(request, route, call, FaultPlan.NONE, body, base);
    }

    Turn with(FaultPlan faults) {
        return new Turn(request, route, call, faults, body, base);
    }
}

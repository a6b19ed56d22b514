package dev.replicator.server.api;

import dev.replicator.server.http.BasePath;
import dev.replicator.server.http.ClientAddress;
import dev.replicator.server.http.DashboardFiles;
import dev.replicator.server.http.HostNames;
import dev.replicator.server.http.ProblemCode;
import dev.replicator.server.http.SecurityHeaders;
import dev.replicator.server.http.TraceId;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.MDC;

/**
 * What every request passes first, whether there is a route for it or not. Only what is named here goes on without a caller:
 * health, logging in, and the dashboard's files; whatever else is asked for, in whatever spelling, needs one.
 */
final class FrontDoor {
    private static final String MDC_TRACE = "traceId";
    private static final String HEALTH = "/health/";

    private final HostNames names;
    private final ClientAddress addresses;
    private final DashboardFiles files;
    private final AccessGate gate;
    private final BasePath base;

    FrontDoor(HostNames names, ClientAddress addresses, DashboardFiles files, AccessGate gate, BasePath base) {
        this.names = names;
        this.addresses = addresses;
        this.files = files;
        this.gate = gate;
        this.base = base;
    }

    /** Before anything else. */
    void enter(Context context) {
        String trace = TraceId.of(AccessGate.header(context, "traceparent"));
        context.attribute(Problem.TRACE_ID, trace);
        context.attribute(Gate.ADDRESS, addresses.of(context.ip(), forwarded(context)));
        MDC.put(MDC_TRACE, trace);
        SecurityHeaders.ALWAYS.forEach(context::header);
        context.header("Content-Security-Policy", SecurityHeaders.NO_PAGE);
        context.header("Cache-Control", "no-store");
        context.header("X-Trace-Id", trace);
        refuseOtherNames(context);
        if (Router.isOpen(context.method().name(), context.path())) {
            return;
        }
        Optional<DashboardFiles.File> file = reads(context) ? files.of(context.path()) : Optional.empty();
        if (file.isPresent()) {
            answer(context, file.get());
            context.skipRemainingHandlers();
            return;
        }
        gate.identify(context);
    }

    /** After everything else. */
    void leave(Context context) {
        String location = context.res().getHeader("Location");
        if (location != null && location.startsWith("/") && !base.prefix().isEmpty()) {
            context.header("Location", base.of(location));
        }
        MDC.remove(MDC_TRACE);
    }

    private static List<String> forwarded(Context context) {
        return Collections.list(context.req().getHeaders(ClientAddress.HEADER));
    }

    private void refuseOtherNames(Context context) {
        if (context.path().toLowerCase(Locale.ROOT).startsWith(HEALTH)) {
            return;
        }
        if (!names.allow(AccessGate.header(context, "Host").orElse(""))) {
            throw Problem.of(ProblemCode.WRONG_HOST, "add the name to server.hosts if it is right")
                    .thrown();
        }
    }

    private static void answer(Context context, DashboardFiles.File file) {
        context.header("Cache-Control", file.cacheControl());
        context.header("Content-Security-Policy", SecurityHeaders.PAGE);
        context.contentType(file.type()).result(file.content());
    }

    private static boolean reads(Context context) {
        return context.method().equals(HandlerType.GET) || context.method().equals(HandlerType.HEAD);
    }
}

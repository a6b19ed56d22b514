package dev.replicator.server.api;

import dev.replicator.server.description.Operation;
import dev.replicator.server.description.RequestRules;
import dev.replicator.server.http.Listening;
import dev.replicator.server.http.ProblemCode;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpResponseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What stands before every handler: the role, the request's form, and for changes all of {@link Changes}. */
final class RouteGuard {
    private static final List<String> HEADERS = List.of("Idempotency-Key", "If-Match", "Last-Event-ID");

    private static final Logger log = LoggerFactory.getLogger(RouteGuard.class);

    private final Gate gate;
    private final Changes changes;

    RouteGuard(Gate gate, Changes changes) {
        this.gate = gate;
        this.changes = changes;
    }

    /** The handler, for callers of the operation's role only. */
    Handler guarded(Operation operation, Handler handler) {
        return context -> {
            gate.admit(context, operation.role().orElseThrow());
            refuseMalformed(context, operation);
            if (operation.changes()) {
                changes.carryOut(context, operation, handler);
            } else {
                handler.handle(context);
            }
        };
    }

    /** The handler, for everybody. */
    Handler open(Operation operation, Handler handler) {
        return context -> {
            refuseMalformed(context, operation);
            handler.handle(context);
        };
    }

    private static void refuseMalformed(Context context, Operation operation) {
        refuse(RequestRules.query(operation, context.queryParamMap()));
        for (String name : HEADERS) {
            Optional<String> value = AccessGate.header(context, name);
            value.ifPresent(given -> refuse(RequestRules.header(operation, name, given)));
        }
        if (operation.changes()) {
            refuseMalformedBody(context, operation);
        }
    }

    private static void refuseMalformedBody(Context context, Operation operation) {
        byte[] body = bodyOf(context);
        if (body.length > Listening.LARGEST_BODY) {
            throw Problem.of(ProblemCode.BODY_TOO_LARGE, "it has " + Listening.LARGEST_BODY + " bytes at most")
                    .thrown();
        }
        if (body.length == 0) {
            if (operation.bodyRequired()) {
                throw Problem.badRequest("this needs a body").thrown();
            }
            return;
        }
        if (!isJson(AccessGate.header(context, "Content-Type").orElse(""))) {
            throw Problem.of(ProblemCode.UNSUPPORTED_MEDIA_TYPE, "send it as application/json")
                    .thrown();
        }
        try {
            refuse(RequestRules.body(operation, context.body()));
        } catch (RequestRules.NoJsonException e) {
            throw Problem.badRequest(String.valueOf(e.getMessage())).thrown();
        }
    }

    /** What breaks off, or is not framed as HTTP says, is the client's doing. */
    private static byte[] bodyOf(Context context) {
        try {
            return context.bodyAsBytes();
        } catch (HttpResponseException e) {
            throw e;
        } catch (Exception e) {
            log.debug("a body can't be read", e);
            throw Problem.badRequest("the body can't be read").thrown();
        }
    }

    /** JSON has no other encoding than UTF-8. */
    private static boolean isJson(String contentType) {
        String plain = contentType.toLowerCase(Locale.ROOT).replace(" ", "").replace("\"", "");
        return plain.equals("application/json") || plain.equals("application/json;charset=utf-8");
    }

    private static void refuse(List<RequestRules.Violation> violations) {
        if (!violations.isEmpty()) {
            throw Problem.badRequest(violations).thrown();
        }
    }
}

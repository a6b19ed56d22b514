package dev.replicator.server.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.replicator.config.AccessToken;
import dev.replicator.config.Role;
import dev.replicator.server.access.Sessions;
import dev.replicator.server.description.ApiDescription;
import dev.replicator.server.description.Operation;
import dev.replicator.server.description.RequestRules;
import dev.replicator.server.http.ProblemCode;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.Locale;

/** Logging in and out, and who one is. */
final class SessionRoutes implements Router.Routes {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PATH = "/api/v1/session";

    private final AccessGate gate;
    private final Sessions sessions;
    private final Changes changes;
    private final Operation logIn;

    SessionRoutes(AccessGate gate, Sessions sessions, Changes changes, ApiDescription description) {
        this.gate = gate;
        this.sessions = sessions;
        this.changes = changes;
        this.logIn = description.operation("POST", PATH).orElseThrow();
    }

    @Override
    public void addTo(Router routes) {
        routes.get("/api/v1/me", Role.VIEWER, SessionRoutes::whoAmI);
        routes.open(HandlerType.POST, PATH, this::logIn);
        routes.delete(PATH, Role.VIEWER, this::logOut);
    }

    /** A page of another site may not log its visitor in as somebody else. */
    private void logIn(Context context) throws Exception {
        boolean fromAPage = AccessGate.header(context, "Origin").isPresent()
                || AccessGate.header(context, "Sec-Fetch-Site").isPresent();
        if (fromAPage && !AccessGate.cameFromHere(context)) {
            throw Problem.of(ProblemCode.CROSS_SITE, "log in from a page of this server")
                    .thrown();
        }
        AccessToken token = gate.bearerOf(
                context, RequestRules.read(context.body()).path("token").asText());
        AccessGate.remember(context, token, () -> true);
        changes.carryOut(context, logIn, same -> {
            gate.sessionOf(context).ifPresent(sessions::end);
            String id = sessions.begin(token);
            context.header("Set-Cookie", gate.cookie(context).set(id, Sessions.LONGEST));
            whoAmI(context);
        });
    }

    private void logOut(Context context) {
        gate.sessionOf(context).ifPresent(sessions::end);
        context.header("Set-Cookie", gate.cookie(context).removed());
        context.status(204);
    }

    private static void whoAmI(Context context) {
        Caller caller = Gate.callerOf(context);
        context.contentType("application/json")
                .result(JSON.createObjectNode()
                        .put("name", caller.name())
                        .put("role", caller.role().name().toLowerCase(Locale.ROOT))
                        .toString());
    }
}

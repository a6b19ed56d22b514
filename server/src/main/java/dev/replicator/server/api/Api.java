package dev.replicator.server.api;

import dev.replicator.config.ServerSettings;
import dev.replicator.server.access.AccessLimits;
import dev.replicator.server.access.AccessTokens;
import dev.replicator.server.access.AuditLog;
import dev.replicator.server.access.FailedAttempts;
import dev.replicator.server.access.IdempotencyKeys;
import dev.replicator.server.access.RateLimit;
import dev.replicator.server.access.Sessions;
import dev.replicator.server.description.ApiDescription;
import dev.replicator.server.event.EventHub;
import dev.replicator.server.history.Database;
import dev.replicator.server.http.BasePath;
import dev.replicator.server.http.ClientAddress;
import dev.replicator.server.http.DashboardFiles;
import dev.replicator.server.http.HostNames;
import dev.replicator.server.http.Listening;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.router.Endpoint;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.List;

/** The admin API and the dashboard's files, listening. */
public final class Api implements AutoCloseable {
    private final Javalin javalin;
    private final EventRoutes events;

    private Api(Javalin javalin, EventRoutes events) {
        this.javalin = javalin;
        this.events = events;
    }

    /**
     * What it needs of the rest of the server.
     *
     * @param tokens whom it lets in
     */
    public record Parts(Database database, AccessTokens tokens, EventHub events, Exchanges exchanges, Clock clock) {}

    /**
     * Listens there; port 0 is a free one.
     *
     * @param more routes of other parts
     */
    public static Api start(
            InetSocketAddress address,
            ServerSettings settings,
            AccessLimits limits,
            Parts parts,
            List<Router.Routes> more) {
        BasePath base = new BasePath(settings.basePath());
        Clock clock = parts.clock();
        ApiDescription description = ApiDescription.load();
        AuditLog audit = new AuditLog(parts.database(), clock);
        Sessions sessions = new Sessions(parts.database(), parts.tokens(), clock);
        AccessGate gate = new AccessGate(parts.tokens(), sessions, new FailedAttempts(clock), base);
        Changes changes = new Changes(
                new RateLimit(limits.changesAtOnce(), limits.changesPerSecond(), clock),
                new IdempotencyKeys(parts.database(), clock),
                audit,
                clock);
        FrontDoor door = new FrontDoor(
                new HostNames(settings.host(), address.getAddress(), settings.hosts()),
                new ClientAddress(settings.trustedProxies()),
                new DashboardFiles(Api.class.getClassLoader()),
                gate,
                base);
        EventRoutes events = new EventRoutes(parts.events(), limits);
        Javalin javalin = Javalin.create(config -> {
            configure(config, address, base);
            config.requestLogger.http((context, millis) ->
                    parts.exchanges().ended(context.method().name(), route(context), context.statusCode(), millis));
            config.routes.before(door::enter);
            Router router = new Router(config.routes, description, new RouteGuard(gate, changes));
            router.open(
                    HandlerType.GET,
                    "/health/live",
                    context -> context.contentType("text/plain").result("live"));
            new SessionRoutes(gate, sessions, changes, description).addTo(router);
            new AuditRoutes(audit).addTo(router);
            new DescriptionRoutes(description, base).addTo(router);
            events.addTo(router);
            more.forEach(routes -> routes.addTo(router));
            config.routes.after(door::leave);
            ProblemMapping.addTo(config.routes);
        });
        javalin.start();
        return new Api(javalin, events);
    }

    /** As the description writes it, so that there are not more of them than that has. */
    private static String route(Context context) {
        Endpoint endpoint = context.endpoints().matchedHttpEndpoint();
        return endpoint == null ? "" : endpoint.path;
    }

    private static void configure(JavalinConfig config, InetSocketAddress address, BasePath base) {
        Listening.configure(config.jetty, base);
        config.jetty.addConnector((server, http) ->
                Listening.connector(server, http, address.getAddress().getHostAddress(), address.getPort()));
        config.http.maxRequestSize = Listening.LARGEST_BODY;
        config.http.prefer405over404 = true;
        config.router.ignoreTrailingSlashes = false;
        config.router.javaLangErrorHandler(ProblemMapping::fatal);
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
    }

    public int port() {
        return javalin.port();
    }

    @Override
    public void close() {
        events.close();
        javalin.stop();
    }
}

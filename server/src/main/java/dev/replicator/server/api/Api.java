package dev.replicator.server.api;

import dev.replicator.config.Role;
import dev.replicator.server.event.EventHub;
import dev.replicator.server.run.RunLogException;
import io.javalin.Javalin;
import io.javalin.http.HttpResponseException;
import java.net.InetSocketAddress;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The admin API, listening. */
public final class Api implements AutoCloseable {
    private static final long LARGEST_BODY = 64 * 1024;
    private static final Logger log = LoggerFactory.getLogger(Api.class);

    private final Javalin javalin;
    private final EventRoutes events;

    private Api(Javalin javalin, EventRoutes events) {
        this.javalin = javalin;
        this.events = events;
    }

    /**
     * Listens there; port 0 is a free one.
     *
     * @param more routes beside those of events
     */
    public static Api start(InetSocketAddress address, EventHub hub, List<Router.Routes> more) {
        EventRoutes events = new EventRoutes(hub);
        Gate gate = (context, least) -> context.attribute(Gate.CALLER, new Caller("local", Role.ADMIN));
        Javalin javalin = Javalin.create(config -> {
            config.http.maxRequestSize = LARGEST_BODY;
            config.http.prefer405over404 = true;
            config.startup.showJavalinBanner = false;
            config.routes.get("/health/live", context -> context.result("live"));
            Router router = new Router(config.routes, gate);
            events.addTo(router);
            more.forEach(routes -> routes.addTo(router));
            config.routes.exception(
                    Problem.ProblemException.class, (e, context) -> e.problem().answer(context));
            config.routes.exception(
                    RunLogException.class,
                    (e, context) -> new Problem(
                                    503,
                                    "history-unavailable",
                                    "The history can't be used",
                                    String.valueOf(e.getMessage()))
                            .answer(context));
            config.routes.exception(
                    HttpResponseException.class,
                    (e, context) -> new Problem(
                                    e.getStatus(),
                                    "http-" + e.getStatus(),
                                    "Not served",
                                    String.valueOf(e.getMessage()))
                            .answer(context));
            config.routes.exception(Exception.class, (e, context) -> {
                log.error("{} {}", context.method(), context.path(), e);
                new Problem(500, "internal", "An error of Replicator itself", "the server's log has it")
                        .answer(context);
            });
        });
        javalin.start(address.getAddress().getHostAddress(), address.getPort());
        return new Api(javalin, events);
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

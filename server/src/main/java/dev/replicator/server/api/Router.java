package dev.replicator.server.api;

import dev.replicator.config.Role;
import dev.replicator.server.description.ApiDescription;
import dev.replicator.server.description.Operation;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.util.Optional;
import java.util.Set;

/**
 * The one way to add a route: none is added without saying who may use it, and none that the API's description does not
 * know, or knows for others.
 */
public final class Router {
    /** All that may be asked for without a token or session. */
    private static final Set<String> OPEN = Set.of("GET /health/live", "GET /health/ready", "POST /api/v1/session");

    private final RoutesConfig routes;
    private final ApiDescription description;
    private final RouteGuard guard;

    Router(RoutesConfig routes, ApiDescription description, RouteGuard guard) {
        this.routes = routes;
        this.description = description;
        this.guard = guard;
    }

    /** A route that reads; {@code HEAD} gets its headers. */
    public void get(String path, Role least, Handler handler) {
        add(HandlerType.GET, path, least, handler);
        routes.addHttpHandler(
                HandlerType.HEAD, path, guard.guarded(operation(HandlerType.GET, path, Optional.of(least)), handler));
    }

    /** A route that answers for as long as the client stays; it has no {@code HEAD}. */
    public void stream(String path, Role least, Handler handler) {
        add(HandlerType.GET, path, least, handler);
    }

    /** A route that changes something. */
    public void post(String path, Role least, Handler handler) {
        add(HandlerType.POST, path, least, handler);
    }

    /** A route that takes something away. */
    public void delete(String path, Role least, Handler handler) {
        add(HandlerType.DELETE, path, least, handler);
    }

    /**
     * A route for everybody: health, or logging in.
     *
     * @throws IllegalArgumentException for any other
     */
    public void open(HandlerType method, String path, Handler handler) {
        if (!isOpen(method.name(), path)) {
            throw new IllegalArgumentException(method.name() + " " + path + " may not be open");
        }
        Operation operation = operation(method, path, Optional.empty());
        routes.addHttpHandler(method, path, guard.open(operation, handler));
        if (method.equals(HandlerType.GET)) {
            routes.addHttpHandler(HandlerType.HEAD, path, guard.open(operation, handler));
        }
    }

    /** Whether a request needs neither token nor session. */
    static boolean isOpen(String method, String path) {
        return OPEN.contains((method.equals("HEAD") ? "GET" : method) + " " + path);
    }

    private void add(HandlerType method, String path, Role least, Handler handler) {
        routes.addHttpHandler(method, path, guard.guarded(operation(method, path, Optional.of(least)), handler));
    }

    private Operation operation(HandlerType method, String path, Optional<Role> least) {
        Operation operation = description
                .operation(method.name(), path)
                .orElseThrow(() -> new IllegalStateException(
                        method.name() + " " + path + " is not in the API's description, openapi.yaml"));
        if (!operation.role().equals(least)) {
            throw new IllegalStateException(method.name() + " " + path + " is for " + operation.role()
                    + " in the API's description, and for " + least + " in the server");
        }
        return operation;
    }

    /** A group of routes. */
    public interface Routes {
        void addTo(Router router);
    }
}

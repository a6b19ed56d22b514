package dev.replicator.server.api;

import dev.replicator.config.Role;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;

/** The one way to add a route: none is added without saying who may use it. */
public final class Router {
    private final RoutesConfig routes;
    private final Gate gate;

    Router(RoutesConfig routes, Gate gate) {
        this.routes = routes;
        this.gate = gate;
    }

    /** A route that reads. */
    public void get(String path, Role least, Handler handler) {
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

    private void add(HandlerType method, String path, Role least, Handler handler) {
        routes.addHttpHandler(method, path, context -> {
            gate.admit(context, least);
            handler.handle(context);
        });
    }

    /** A group of routes. */
    public interface Routes {
        void addTo(Router router);
    }
}

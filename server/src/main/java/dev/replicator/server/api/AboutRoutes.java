package dev.replicator.server.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.replicator.config.Role;
import io.javalin.http.Context;
import java.util.Optional;

/** What answers here. Stateless and thread-safe. */
public final class AboutRoutes implements Router.Routes {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String VERSION = Optional.ofNullable(
                    AboutRoutes.class.getPackage().getImplementationVersion())
            .orElse("development");

    private final String title;

    /**
     * @param title what the dashboard is called
     */
    public AboutRoutes(String title) {
        this.title = title;
    }

    @Override
    public void addTo(Router routes) {
        routes.get("/api/v1/about", Role.VIEWER, this::answer);
    }

    private void answer(Context context) {
        context.contentType("application/json")
                .result(JSON.createObjectNode()
                        .put("title", title)
                        .put("version", VERSION)
                        .toString());
    }
}

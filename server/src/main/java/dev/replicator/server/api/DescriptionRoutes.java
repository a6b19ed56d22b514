package dev.replicator.server.api;

import dev.replicator.config.Role;
import dev.replicator.server.description.ApiDescription;
import dev.replicator.server.http.BasePath;

/** The API's description, for clients. */
final class DescriptionRoutes implements Router.Routes {
    private final ApiDescription description;
    private final BasePath base;

    DescriptionRoutes(ApiDescription description, BasePath base) {
        this.description = description;
        this.base = base;
    }

    @Override
    public void addTo(Router routes) {
        routes.get(
                "/api/v1/openapi.json",
                Role.VIEWER,
                context -> context.contentType("application/json").result(description.json(base.value())));
        routes.get(
                "/api/v1/openapi.yaml",
                Role.VIEWER,
                context -> context.contentType("application/yaml").result(description.yaml()));
    }
}

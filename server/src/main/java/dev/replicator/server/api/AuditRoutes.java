package dev.replicator.server.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.replicator.config.Role;
import dev.replicator.server.access.AuditEntry;
import dev.replicator.server.access.AuditLog;
import io.javalin.http.Context;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Who changed what. */
final class AuditRoutes implements Router.Routes {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PAGE = "50";

    private final AuditLog audit;

    AuditRoutes(AuditLog audit) {
        this.audit = audit;
    }

    @Override
    public void addTo(Router routes) {
        routes.get("/api/v1/audit", Role.ADMIN, this::list);
    }

    private void list(Context context) {
        int most = Integer.parseInt(Objects.requireNonNullElse(context.queryParam("pageSize"), PAGE));
        List<AuditEntry> entries = audit.newest(
                Optional.ofNullable(context.queryParam("pageToken")).filter(token -> !token.isEmpty()), most);
        ObjectNode json = JSON.createObjectNode();
        ArrayNode items = json.putArray("items");
        entries.forEach(entry -> items.add(json(entry)));
        json.put(
                "nextPageToken",
                entries.size() < most ? null : entries.get(most - 1).id());
        context.contentType("application/json").result(json.toString());
    }

    private static ObjectNode json(AuditEntry entry) {
        ObjectNode json = JSON.createObjectNode()
                .put("id", entry.id())
                .put("at", entry.at().toString())
                .put("caller", entry.caller())
                .put("role", entry.role())
                .put("address", entry.address())
                .put("method", entry.method())
                .put("route", entry.route())
                .put("job", entry.job())
                .put("run", entry.run())
                .put("planDigest", entry.planDigest())
                .put("keyHash", entry.keyHash())
                .put("reason", entry.reason())
                .put("traceId", entry.traceId());
        json.put("status", entry.status().isPresent() ? entry.status().getAsInt() : null);
        return json;
    }
}

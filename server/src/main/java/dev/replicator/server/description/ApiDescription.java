package dev.replicator.server.description;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.replicator.config.Role;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the API is said to be. Immutable; loaded once, from the file beside the API's classes. */
public final class ApiDescription {
    private static final String RESOURCE = "/dev/replicator/server/api/openapi.yaml";
    private static final Set<String> METHODS =
            Set.of("get", "put", "post", "delete", "patch", "head", "options", "trace");

    private final String yaml;
    private final ObjectNode document;
    private final Schemas schemas;
    private final Map<String, Operation> operations;

    private ApiDescription(String yaml, ObjectNode document) {
        this.yaml = yaml;
        this.document = document;
        this.schemas = new Schemas(document);
        this.operations = read(document, schemas);
    }

    /** As the jar has it. */
    public static ApiDescription load() {
        try (InputStream resource = ApiDescription.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new IllegalStateException(RESOURCE + " is missing in the jar");
            }
            String yaml = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
            return new ApiDescription(yaml, (ObjectNode) new YAMLMapper().readTree(yaml));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The operation of a route, whose path has its parameters in braces. */
    public Optional<Operation> operation(String method, String path) {
        return Optional.ofNullable(operations.get(nameOf(method, path)));
    }

    /** All operations, in the file's order. */
    public List<Operation> operations() {
        return List.copyOf(operations.values());
    }

    /** The file as it is. */
    public String yaml() {
        return yaml;
    }

    /** The file as JSON, with the path under which the server is reached. */
    public String json(String basePath) {
        ObjectNode copy = document.deepCopy();
        copy.putArray("servers").addObject().put("url", basePath);
        try {
            return new ObjectMapper().writeValueAsString(copy);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Operation> read(ObjectNode document, Schemas schemas) {
        Map<String, Operation> operations = new LinkedHashMap<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(entry -> {
                    if (METHODS.contains(entry.getKey())) {
                        String method = entry.getKey().toUpperCase(Locale.ROOT);
                        operations.put(
                                nameOf(method, path.getKey()),
                                operation(method, path.getKey(), path.getValue(), entry.getValue(), schemas));
                    }
                }));
        return operations;
    }

    private static Operation operation(
            String method, String path, JsonNode pathItem, JsonNode operation, Schemas schemas) {
        List<JsonNode> given = new ArrayList<>();
        pathItem.path("parameters").forEach(given::add);
        operation.path("parameters").forEach(given::add);
        List<Operation.Parameter> parameters = given.stream()
                .map(schemas::resolved)
                .map(parameter -> new Operation.Parameter(
                        parameter.path("name").asText(),
                        parameter.path("in").asText(),
                        parameter.path("required").asBoolean(false),
                        schemas.of(parameter.path("schema"))))
                .toList();
        JsonNode body = schemas.resolved(operation.path("requestBody"));
        JsonNode schema = body.path("content").path("application/json").path("schema");
        return new Operation(
                method,
                path,
                operation.path("operationId").asText(),
                Optional.of(operation.path("x-role").asText(""))
                        .filter(role -> !role.isEmpty())
                        .map(role -> Role.valueOf(role.toUpperCase(Locale.ROOT))),
                parameters,
                schema.isMissingNode() ? Optional.empty() : Optional.of(schemas.of(schema)),
                body.path("required").asBoolean(false));
    }

    private static String nameOf(String method, String path) {
        return method + " " + path;
    }
}

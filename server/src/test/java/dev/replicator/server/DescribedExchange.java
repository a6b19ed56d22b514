package dev.replicator.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.replicator.server.http.ProblemCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Holds answers against openapi.yaml, which it reads for itself; and against what holds for every answer. */
public final class DescribedExchange {
    /** A method of a path in the file. */
    public record Described(String method, String path, JsonNode operation, Pattern pattern) {
        public String role() {
            return operation.path("x-role").asText("");
        }

        public boolean isOpen() {
            return operation.path("security").isArray()
                    && operation.path("security").isEmpty();
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNode DOCUMENT = load();
    private static final List<Described> OPERATIONS = operations(DOCUMENT);
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final Map<JsonNode, Schema> SCHEMAS = new ConcurrentHashMap<>();
    private static final Pattern INSIDE = Pattern.compile(
            "\\n\\s+at [a-z]|Exception\\b|dev\\.replicator\\.|org\\.eclipse|io\\.javalin|SQLITE|jdbc:|\\.java:\\d");

    private DescribedExchange() {}

    public static JsonNode document() {
        return DOCUMENT;
    }

    public static List<Described> all() {
        return OPERATIONS;
    }

    /** The operation that such a request is for. */
    public static Optional<Described> of(String method, String path) {
        String plain = path.replaceAll("[?#].*", "");
        return OPERATIONS.stream()
                .filter(operation -> operation.method().equals(method)
                        && operation.pattern().matcher(plain).matches())
                .findFirst();
    }

    /** Fails unless the answer is as the file says. */
    public static void check(String method, String path, HttpResponse<String> response) {
        String what = method + " " + path + " -> " + response.statusCode() + " " + response.body();
        checkAlways(what, response);
        Optional<Described> described = of(method, path);
        if (described.isEmpty()) {
            if (response.statusCode() >= 400 && !method.equals("HEAD")) {
                checkProblem(what, response);
            }
            return;
        }
        String type = response.headers().firstValue("Content-Type").orElse("").replaceAll(";.*", "");
        checkContent(what, described.get(), response.statusCode(), type, response.body());
        if (response.statusCode() >= 400 && !method.equals("HEAD")) {
            checkProblem(what, response);
        }
    }

    /** Fails unless the file says that such a request may be answered so, whoever answers. */
    public static void checkContent(String method, String path, int status, String type, String body) {
        String what = method + " " + path + " -> " + status + " " + body;
        Described described = of(method, path).orElseThrow(() -> new AssertionError("not described: " + what));
        checkContent(what, described, status, type, body);
        if (status >= 400) {
            checkCode(what, parsed(body), status);
        }
    }

    private static void checkContent(String what, Described described, int status, String type, String body) {
        JsonNode responses = described.operation().path("responses");
        JsonNode declared =
                resolved(responses.has("" + status) ? responses.path("" + status) : responses.path("default"));
        assertThat(declared.isObject())
                .as("a status that is described: %s", what)
                .isTrue();
        JsonNode content = declared.path("content");
        if (content.isEmpty()) {
            assertThat(body).as("no body: %s", what).isEmpty();
            return;
        }
        assertThat(content.has(type))
                .as("a content type that is described, not %s: %s", type, what)
                .isTrue();
        if (type.endsWith("json") && !type.endsWith("ndjson")) {
            assertThat(schema(content.path(type).path("schema")).validate(parsed(body)))
                    .as(what)
                    .isEmpty();
        }
    }

    private static void checkAlways(String what, HttpResponse<String> response) {
        assertThat(response.headers().firstValue("Server")).as(what).isEmpty();
        assertThat(response.headers().firstValue("X-Content-Type-Options"))
                .as(what)
                .contains("nosniff");
        assertThat(response.headers().firstValue("Referrer-Policy")).as(what).isPresent();
        assertThat(response.headers().firstValue("Content-Security-Policy").orElse(""))
                .as(what)
                .contains("default-src 'none'", "frame-ancestors 'none'");
        assertThat(response.headers().firstValue("Access-Control-Allow-Origin"))
                .as(what)
                .isEmpty();
        assertThat(response.headers().firstValue("Cache-Control")).as(what).isPresent();
        if (response.statusCode() >= 400) {
            assertThat(INSIDE.matcher(response.body()).find())
                    .as("nothing of the inside: %s", what)
                    .isFalse();
        }
    }

    private static void checkProblem(String what, HttpResponse<String> response) {
        assertThat(response.headers().firstValue("Content-Type").orElse(""))
                .as(what)
                .startsWith("application/problem+json");
        JsonNode problem = parsed(response.body());
        assertThat(schema(resolved(DOCUMENT.path("components").path("schemas").path("Problem")))
                        .validate(problem))
                .as(what)
                .isEmpty();
        checkCode(what, problem, response.statusCode());
        assertThat(problem.path("traceId").asText()).as(what).matches("[0-9a-f]{32}");
    }

    private static void checkCode(String what, JsonNode problem, int status) {
        ProblemCode code = ProblemCode.of(problem.path("code").asText()).orElseThrow(() -> new AssertionError(what));
        assertThat(problem.path("status").asInt()).as(what).isEqualTo(code.status());
        assertThat(status).as(what).isEqualTo(code.status());
        assertThat(problem.path("title").asText()).as(what).isEqualTo(code.title());
        assertThat(problem.path("type").asText()).as(what).isEqualTo(code.type());
    }

    private static JsonNode parsed(String body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new AssertionError("no JSON: " + body, e);
        }
    }

    static JsonNode resolved(JsonNode node) {
        String reference = node.path("$ref").asText("");
        return reference.isEmpty() ? node : DOCUMENT.at(reference.substring(1));
    }

    private static Schema schema(JsonNode node) {
        return SCHEMAS.computeIfAbsent(node, schema -> {
            ObjectNode whole = schema.deepCopy();
            whole.set("components", DOCUMENT.path("components"));
            return REGISTRY.getSchema(whole);
        });
    }

    private static List<Described> operations(JsonNode document) {
        List<Described> all = new ArrayList<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(method -> {
                    if (List.of("get", "post", "put", "delete", "patch").contains(method.getKey())) {
                        Pattern pattern = Pattern.compile(
                                path.getKey().replace(".", "\\.").replaceAll("\\{[^}]*}", "[^/]+"));
                        all.add(new Described(
                                method.getKey().toUpperCase(Locale.ROOT), path.getKey(), method.getValue(), pattern));
                    }
                }));
        return List.copyOf(all);
    }

    private static JsonNode load() {
        try (InputStream file =
                DescribedExchange.class.getResourceAsStream("/dev/replicator/server/api/openapi.yaml")) {
            return new YAMLMapper().readTree(Objects.requireNonNull(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

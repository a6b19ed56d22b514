package dev.replicator.server.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.replicator.server.DescribedExchange;
import dev.replicator.server.DescribedExchange.Described;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** Makes requests from the API's description: right ones, nearly right ones, and hostile ones. The same from one seed. */
public final class RequestGenerator {
    private static final List<String> HOSTILE = List.of(
            "",
            " ",
            "\0",
            "a\0b",
            "\r\nSet-Cookie: x=y",
            "<script>alert(1)</script>",
            "\"><img src=x onerror=alert(1)>",
            "'; drop table run; --",
            "' or '1'='1",
            "../../../../etc/passwd",
            "..\\..\\x",
            "%2e%2e%2f",
            "${jndi:ldap://x}",
            "{{7*7}}",
            "\u202Egnp.exe",
            "\u200F\u0634",
            "\uFEFF",
            "\uD83D\uDE00",
            "\uFFFF",
            "x".repeat(2_000),
            "9223372036854775807",
            "-9223372036854775808",
            "99999999999999999999",
            "1e400",
            "NaN",
            "-1",
            "0",
            "null",
            "true",
            "[]",
            "{}",
            "[object Object]",
            "file:///etc/passwd",
            "http://169.254.169.254/",
            "media",
            "*",
            "%",
            "_",
            "\u0130",
            "\t",
            "\u0085",
            "a/b",
            ";",
            "?",
            "#",
            "~",
            "20261121T101500000Z-0123456789abcdef");
    private static final List<String> METHODS =
            List.of("GET", "POST", "DELETE", "PUT", "PATCH", "HEAD", "OPTIONS", "TRACE", "QUERY", "X");

    private final Random random;
    private final ObjectMapper json = new ObjectMapper();

    public RequestGenerator(Random random) {
        this.random = random;
    }

    /** One request; an empty body is none. */
    public record Request(String method, String path, Map<String, String> headers, String body) {}

    /** So many, but none that would wait for events. */
    public Stream<Request> manyOf(int count) {
        return Stream.generate(this::next).limit(count);
    }

    public List<Request> many(int count) {
        return manyOf(count).toList();
    }

    Request next() {
        Described route = DescribedExchange.all()
                .get(random.nextInt(DescribedExchange.all().size()));
        String method = random.nextInt(20) == 0 ? one(METHODS) : route.method();
        StringBuilder path = new StringBuilder(route.path());
        JsonNode item = DescribedExchange.document().path("paths").path(route.path());
        List<JsonNode> parameters = new ArrayList<>();
        item.path("parameters").forEach(parameters::add);
        route.operation().path("parameters").forEach(parameters::add);
        List<String> query = new ArrayList<>();
        Map<String, String> headers = new LinkedHashMap<>();
        for (JsonNode node : parameters) {
            JsonNode parameter = resolved(node);
            String name = parameter.path("name").asText();
            switch (parameter.path("in").asText()) {
                case "path" -> replace(path, "{" + name + "}", encoded(pathValue(name)));
                case "query" -> {
                    if (random.nextInt(3) > 0) {
                        query.add(encoded(name) + "=" + encoded(text(parameter.path("schema"))));
                    }
                }
                default -> {
                    if (random.nextBoolean()) {
                        headers.put(name, header(text(parameter.path("schema"))));
                    }
                }
            }
        }
        if (random.nextInt(15) == 0) {
            query.add(encoded(one(HOSTILE)) + "=" + encoded(one(HOSTILE)));
        }
        query.removeIf(part -> part.startsWith("wait="));
        String address = path + (query.isEmpty() ? "" : "?" + String.join("&", query));
        return new Request(method, address, headers, method.equals("GET") ? "" : body(route));
    }

    private String body(Described route) {
        JsonNode schema = resolved(route.operation().path("requestBody"))
                .path("content")
                .path("application/json")
                .path("schema");
        int kind = random.nextInt(10);
        if (kind == 0 || (schema.isMissingNode() && kind < 8)) {
            return "";
        }
        if (kind == 1) {
            return one(HOSTILE);
        }
        String whole = value(schema, 0).toString();
        if (kind == 2) {
            return whole.substring(0, random.nextInt(whole.length() + 1));
        }
        return kind == 3 ? whole + one(HOSTILE) : whole;
    }

    private JsonNode value(JsonNode given, int depth) {
        JsonNode schema = resolved(given);
        if (random.nextInt(12) == 0 || depth > 6) {
            return odd();
        }
        if (schema.has("enum")) {
            return schema.path("enum").path(random.nextInt(schema.path("enum").size()));
        }
        JsonNodeFactory nodes = json.getNodeFactory();
        return switch (schema.path("type").asText()) {
            case "object" -> object(schema, depth);
            case "array" -> {
                ArrayNode array = nodes.arrayNode();
                for (int i = random.nextInt(4); i > 0; i--) {
                    array.add(value(schema.path("items"), depth + 1));
                }
                yield array;
            }
            case "boolean" -> nodes.booleanNode(random.nextBoolean());
            case "integer" -> nodes.numberNode(random.nextLong());
            default -> nodes.textNode(random.nextBoolean() ? one(HOSTILE) : "some text");
        };
    }

    private ObjectNode object(JsonNode schema, int depth) {
        ObjectNode object = json.createObjectNode();
        schema.path("properties").properties().forEach(property -> {
            if (random.nextInt(3) > 0) {
                object.set(property.getKey(), value(property.getValue(), depth + 1));
            }
        });
        if (random.nextInt(8) == 0) {
            object.set(one(HOSTILE), odd());
        }
        return object;
    }

    private JsonNode odd() {
        JsonNodeFactory nodes = json.getNodeFactory();
        return switch (random.nextInt(6)) {
            case 0 -> nodes.nullNode();
            case 1 -> nodes.numberNode(random.nextDouble() * 1e300);
            case 2 -> nodes.arrayNode().add(nodes.arrayNode().add(nodes.objectNode()));
            case 3 -> nodes.objectNode().put(one(HOSTILE), one(HOSTILE));
            case 4 -> nodes.booleanNode(true);
            default -> nodes.textNode(one(HOSTILE));
        };
    }

    private String text(JsonNode given) {
        JsonNode schema = resolved(given);
        if (random.nextInt(3) == 0) {
            return one(HOSTILE);
        }
        if (schema.has("enum")) {
            return schema.path("enum")
                    .path(random.nextInt(schema.path("enum").size()))
                    .asText();
        }
        return schema.path("type").asText().equals("integer")
                ? Integer.toString(random.nextInt(1_200) - 100)
                : "text-" + random.nextInt(10);
    }

    private String pathValue(String name) {
        int kind = random.nextInt(4);
        if (kind == 0) {
            return one(HOSTILE);
        }
        return kind == 1 ? "nobodys" : name.equals("job") ? "media" : "20261121T101500000Z-0123456789abcdef";
    }

    /** What no client can put into a header is left out. */
    private static String header(String value) {
        return value.replaceAll("[^\\x20-\\x7e]", "").strip();
    }

    private static void replace(StringBuilder path, String part, String by) {
        int at = path.indexOf(part);
        path.replace(at, at + part.length(), by);
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static JsonNode resolved(JsonNode node) {
        String reference = node.path("$ref").asText("");
        return reference.isEmpty() ? node : DescribedExchange.document().at(reference.substring(1));
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}

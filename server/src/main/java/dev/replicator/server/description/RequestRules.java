package dev.replicator.server.description;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Holds requests against the description. Stateless and thread-safe. */
public final class RequestRules {
    private static final int DEEPEST = 16;
    private static final int LONGEST_NUMBER = 30;
    private static final int MOST_VIOLATIONS = 10;
    private static final ObjectMapper JSON = mapper();

    private RequestRules() {}

    /**
     * What is wrong with a request.
     *
     * @param where a JSON pointer into the body, or the parameter's name
     */
    public record Violation(boolean inBody, String where, String detail) {}

    /** A body that is no JSON, or JSON beyond what is read. */
    public static final class NoJsonException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NoJsonException(String message) {
            super(message, null, false, false);
        }
    }

    /** What is wrong with the query: also what nobody knows, and what is given twice. */
    public static List<Violation> query(Operation operation, Map<String, List<String>> query) {
        List<Violation> violations = new ArrayList<>();
        query.forEach((name, values) -> {
            Optional<Operation.Parameter> parameter = operation.parameters().stream()
                    .filter(known -> known.in().equals("query") && known.name().equals(name))
                    .findFirst();
            if (parameter.isEmpty()) {
                violations.add(new Violation(false, name, "there is no such parameter"));
            } else if (values.size() != 1) {
                violations.add(new Violation(false, name, "it is given more than once"));
            } else {
                violations.addAll(of(parameter.get(), values.get(0)));
            }
        });
        return shortened(violations);
    }

    /** What is wrong with a header, where the operation knows it. */
    public static List<Violation> header(Operation operation, String name, String value) {
        return operation.parameters().stream()
                .filter(known -> known.in().equals("header") && known.name().equalsIgnoreCase(name))
                .findFirst()
                .map(parameter -> of(parameter, value))
                .orElse(List.of());
    }

    /**
     * What is wrong with the body.
     *
     * @throws NoJsonException when it can't be read
     */
    public static List<Violation> body(Operation operation, String body) {
        JsonNode json = read(body);
        Optional<Schema> schema = operation.body();
        if (schema.isEmpty()) {
            return json.isObject() && json.isEmpty()
                    ? List.of()
                    : List.of(new Violation(true, "", "no fields are known here"));
        }
        return violations(schema.get(), json, "");
    }

    /**
     * Reads JSON as strictly as it is written down.
     *
     * @throws NoJsonException when it is none, has a name twice, or is too deep
     */
    public static JsonNode read(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new NoJsonException("the body is no JSON that is read here: " + firstLine(e.getOriginalMessage()));
        }
    }

    private static List<Violation> of(Operation.Parameter parameter, String value) {
        JsonNode typed = typed(parameter.schema().getSchemaNode().path("type").asText(), value);
        return violations(parameter.schema(), typed, parameter.name());
    }

    private static JsonNode typed(String type, String value) {
        if (type.equals("integer") && value.matches("-?\\d{1,18}")) {
            return LongNode.valueOf(Long.parseLong(value));
        }
        if (type.equals("boolean") && (value.equals("true") || value.equals("false"))) {
            return BooleanNode.valueOf(value.equals("true"));
        }
        return TextNode.valueOf(value);
    }

    private static List<Violation> violations(Schema schema, JsonNode json, String parameter) {
        List<Error> errors = schema.validate(json);
        return shortened(errors.stream()
                .map(error -> new Violation(
                        parameter.isEmpty(), parameter.isEmpty() ? pointer(error) : parameter, detail(error)))
                .toList());
    }

    private static String pointer(Error error) {
        String location = error.getInstanceLocation().toString();
        String property = error.getProperty();
        if (property == null || !error.getKeyword().equals("additionalProperties")) {
            return location;
        }
        return location + "/" + property.replace("~", "~0").replace("/", "~1");
    }

    private static String detail(Error error) {
        String property = Objects.requireNonNullElse(error.getProperty(), "");
        return error.getKeyword().equals("additionalProperties")
                ? "there is no field '" + property + "'"
                : firstLine(error.getMessage());
    }

    private static List<Violation> shortened(List<Violation> violations) {
        return violations.size() > MOST_VIOLATIONS ? violations.subList(0, MOST_VIOLATIONS) : violations;
    }

    private static String firstLine(String message) {
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }

    private static ObjectMapper mapper() {
        JsonMapper mapper = JsonMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                .disable(com.fasterxml.jackson.core.StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .nodeFactory(JsonNodeFactory.instance)
                .build();
        mapper.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(DEEPEST)
                        .maxNumberLength(LONGEST_NUMBER)
                        .build());
        return mapper;
    }
}

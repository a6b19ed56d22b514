package dev.replicator.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** As much of a JSON Schema validator as our schema needs; a keyword that it does not know is an error. */
final class JsonSchemaCheck {
    private final JsonNode root;

    JsonSchemaCheck(JsonNode root) {
        this.root = root;
    }

    List<String> problems(JsonNode value) {
        List<String> problems = new ArrayList<>();
        check(root, value, "", problems);
        return problems;
    }

    private void check(JsonNode schema, JsonNode value, String path, List<String> problems) {
        for (Map.Entry<String, JsonNode> keyword : schema.properties()) {
            boolean valid = switch (keyword.getKey()) {
                case "$schema", "title", "description", "default", "$defs", "properties" -> true;
                case "type" -> isOfType(value, keyword.getValue().asText());
                case "enum" -> values(keyword.getValue()).contains(value);
                case "const" -> keyword.getValue().equals(value);
                case "minimum" ->
                    !value.isNumber() || value.asDouble() >= keyword.getValue().asDouble();
                case "maximum" ->
                    !value.isNumber() || value.asDouble() <= keyword.getValue().asDouble();
                case "pattern" ->
                    !value.isTextual()
                            || Pattern.compile(keyword.getValue().asText())
                                    .matcher(value.asText())
                                    .find();
                case "$ref" -> isValid(root.at(keyword.getValue().asText().substring(1)), value);
                case "anyOf" -> values(keyword.getValue()).stream().anyMatch(one -> isValid(one, value));
                case "required" -> values(keyword.getValue()).stream().allMatch(name -> value.has(name.asText()));
                case "items" -> eachItem(keyword.getValue(), value, path, problems);
                case "additionalProperties" -> eachProperty(schema, value, path, problems);
                default -> throw new IllegalStateException("keyword " + keyword.getKey());
            };
            if (!valid) {
                problems.add(path + ": " + keyword.getKey() + " " + keyword.getValue() + " but " + value);
            }
        }
    }

    private boolean isValid(JsonNode schema, JsonNode value) {
        List<String> problems = new ArrayList<>();
        check(schema, value, "", problems);
        return problems.isEmpty();
    }

    private boolean eachItem(JsonNode schema, JsonNode list, String path, List<String> problems) {
        list.forEach(item -> check(schema, item, path + "[]", problems));
        return true;
    }

    private boolean eachProperty(JsonNode schema, JsonNode value, String path, List<String> problems) {
        for (Map.Entry<String, JsonNode> property : value.properties()) {
            String inner = path + "/" + property.getKey();
            JsonNode known = schema.path("properties").path(property.getKey());
            JsonNode others = schema.get("additionalProperties");
            if (!known.isMissingNode()) {
                check(known, property.getValue(), inner, problems);
            } else if (others.isObject()) {
                check(others, property.getValue(), inner, problems);
            } else {
                problems.add(inner + ": not in the schema");
            }
        }
        return true;
    }

    private static boolean isOfType(JsonNode value, String type) {
        return switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            case "null" -> value.isNull();
            default -> throw new IllegalStateException("type " + type);
        };
    }

    private static List<JsonNode> values(JsonNode array) {
        List<JsonNode> values = new ArrayList<>();
        array.forEach(values::add);
        return values;
    }
}

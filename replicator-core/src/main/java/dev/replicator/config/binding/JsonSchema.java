package dev.replicator.config.binding;

import static dev.replicator.config.binding.Kinds.anyOf;
import static dev.replicator.config.binding.Kinds.ordered;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes a shape down as JSON Schema, draft 2020-12, for editors and other checkers. */
public final class JsonSchema {
    private static final Map<String, Object> FILLED_IN = Map.of("$ref", "#/$defs/filled-in");

    private static final Map<String, Object> TEXT = Map.of("type", "string");

    private JsonSchema() {}

    /** The schema of a whole file, as maps, lists, texts and numbers in a stable order. */
    public static Map<String, Object> of(Shape root, String title) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", title);
        schema.putAll(mapping(root));
        schema.put(
                "$defs",
                Map.of(
                        "filled-in",
                        ordered(
                                "type", "string",
                                "pattern", "\\$\\{",
                                "description", "Filled in from ${env:NAME}, ${env:NAME:default} or ${file:/path}.")));
        return schema;
    }

    private static Map<String, Object> mapping(Shape shape) {
        Map<String, Object> properties = new LinkedHashMap<>();
        shape.slots().forEach(slot -> properties.put(slot.name(), described(slot)));
        List<String> required = shape.slots().stream()
                .filter(Slot.Required.class::isInstance)
                .map(Slot::name)
                .toList();
        Map<String, Object> schema = ordered("type", "object", "properties", properties, "additionalProperties", false);
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        return schema;
    }

    private static Map<String, Object> described(Slot slot) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("description", slot.description());
        schema.putAll(schema(slot));
        return schema;
    }

    private static Map<String, Object> schema(Slot slot) {
        if (slot instanceof Slot.Required<?> value) {
            return scalar(value.kind());
        }
        if (slot instanceof Slot.Value<?> value) {
            return withDefault(scalar(value.kind()), value.byDefault());
        }
        if (slot instanceof Slot.Emptiable<?> value) {
            return orNothing(anyOf(scalar(value.kind()), Map.of("const", "")));
        }
        if (slot instanceof Slot.Values<?> values) {
            Map<String, Object> list = ordered("type", "array", "items", scalar(values.kind()));
            return withDefault(
                    orNothing(values.autoAllowed() ? anyOf(Map.of("const", "auto"), list) : list), values.byDefault());
        }
        if (slot instanceof Slot.Table table) {
            return orNothing(ordered("type", "object", "additionalProperties", scalar(table.kind())));
        }
        if (slot instanceof Slot.Nested nested) {
            return orNothing(mapping(nested.shape()));
        }
        if (slot instanceof Slot.Repeated repeated) {
            return orNothing(ordered("type", "array", "items", mapping(repeated.shape())));
        }
        Slot.Named named = (Slot.Named) slot;
        return orNothing(ordered("type", "object", "additionalProperties", mapping(named.shape())));
    }

    private static Map<String, Object> scalar(Kind<?> kind) {
        return kind.schema().equals(TEXT) ? TEXT : anyOf(kind.schema(), FILLED_IN);
    }

    private static Map<String, Object> orNothing(Map<String, Object> schema) {
        return anyOf(schema, Map.of("type", "null"));
    }

    private static Map<String, Object> withDefault(Map<String, Object> schema, String byDefault) {
        Map<String, Object> more = new LinkedHashMap<>(schema);
        more.put("default", byDefault);
        return more;
    }
}

package dev.replicator.infra.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.replicator.config.ConfigSchema;
import java.util.ArrayList;
import java.util.List;

/**
 * The command's schema of {@code replicator.yaml} as the chart's schema has it under {@code $defs}: without what is for
 * people, and with what Helm's YAML 1.1 makes of a bare {@code on} and {@code off}.
 */
final class ConfigurationSchema {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> FOR_PEOPLE = List.of("description", "title", "default", "$schema");

    private ConfigurationSchema() {}

    static ObjectNode definitions() throws JsonProcessingException {
        ObjectNode schema = (ObjectNode) JSON.readTree(ConfigSchema.json());
        ObjectNode definitions = (ObjectNode) schema.remove("$defs");
        strip(schema);
        strip(definitions);
        patch(schema);
        definitions.set("configuration", schema);
        return definitions;
    }

    /** A property of such a name is an object, and stays. */
    private static void strip(JsonNode node) {
        if (node instanceof ObjectNode object) {
            List<String> gone = new ArrayList<>();
            object.properties().forEach(field -> {
                if (FOR_PEOPLE.contains(field.getKey()) && !field.getValue().isObject()) {
                    gone.add(field.getKey());
                }
            });
            object.remove(gone);
        }
        node.forEach(ConfigurationSchema::strip);
    }

    private static void patch(JsonNode node) {
        if (node instanceof ObjectNode object) {
            if (object.has("webhook") && object.has("on")) {
                object.set("true", object.get("on").deepCopy());
            }
            if (object.get("enum") instanceof ArrayNode words) {
                for (JsonNode word : words) {
                    if (word.asText().equals("off")) {
                        words.add(false);
                        break;
                    }
                }
            }
        }
        node.forEach(ConfigurationSchema::patch);
    }
}

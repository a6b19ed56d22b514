package dev.replicator.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.replicator.store.ObjectMetadata;
import java.util.Map;
import java.util.TreeMap;

/** Headers and user metadata in a plan file's line. */
final class MetadataLines {
    private MetadataLines() {}

    static ObjectNode of(ObjectMetadata metadata) {
        ObjectNode node = PlanLines.node();
        putAll(node.putObject("headers"), metadata.headers());
        putAll(node.putObject("user"), metadata.user());
        return node;
    }

    private static void putAll(ObjectNode node, Map<String, String> entries) {
        new TreeMap<>(entries).forEach(node::put);
    }

    static ObjectMetadata metadata(JsonNode node) {
        return ObjectMetadata.NONE.withHeaders(texts(node.path("headers"))).withUser(texts(node.path("user")));
    }

    private static Map<String, String> texts(JsonNode node) {
        Map<String, String> texts = new TreeMap<>();
        node.properties()
                .forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
        return texts;
    }
}

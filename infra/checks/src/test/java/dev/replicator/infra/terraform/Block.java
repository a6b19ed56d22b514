package dev.replicator.infra.terraform;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A block of a Terraform file, held against the arguments that its provider knows. */
record Block(String place, JsonNode content) {
    /** Terraform's own, which any resource may have. */
    private static final Set<String> META =
            Set.of("count", "for_each", "depends_on", "provider", "lifecycle", "provisioner", "connection");

    /** What is wrong with it; {@code schema} is an entry of the extract. */
    List<String> problems(JsonNode schema) {
        return problems(place, content, schema, META);
    }

    private static List<String> problems(String place, JsonNode content, JsonNode schema, Set<String> more) {
        List<String> problems = new ArrayList<>();
        Set<String> given = new TreeSet<>();
        content.fieldNames().forEachRemaining(name -> {
            if (name.equals("dynamic")) {
                content.path(name).fieldNames().forEachRemaining(block -> {
                    given.add(block);
                    content.path(name).path(block).forEach(one -> {
                        if (!one.has("for_each")) {
                            problems.add(place + ".dynamic." + block + " lacks for_each");
                        }
                        one.path("content").forEach(inner -> problems.addAll(nested(place, block, inner, schema)));
                    });
                });
            } else if (!more.contains(name)) {
                given.add(name);
                if (schema.path(name).path("block").asBoolean()) {
                    content.path(name).forEach(inner -> problems.addAll(nested(place, name, inner, schema)));
                }
            }
        });
        given.stream()
                .filter(name -> !schema.has(name))
                .forEach(name -> problems.add(place + " has no argument " + name));
        schema.fieldNames().forEachRemaining(name -> {
            if (schema.path(name).path("required").asBoolean() && !given.contains(name)) {
                problems.add(place + " lacks " + name);
            }
        });
        return problems;
    }

    private static List<String> nested(String place, String name, JsonNode content, JsonNode schema) {
        return problems(place + "." + name, content, schema.path(name).path("of"), Set.of());
    }
}

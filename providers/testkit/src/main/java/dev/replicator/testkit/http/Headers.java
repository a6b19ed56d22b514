package dev.replicator.testkit.http;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A request's header fields: names in lower case, values trimmed, repeated fields kept in order. Immutable. */
public final class Headers {
    private final Map<String, List<String>> fields;

    private Headers(Map<String, List<String>> fields) {
        this.fields = fields;
    }

    /** Of lines in order; names must be in lower case. */
    public static Headers of(List<Map.Entry<String, String>> lines) {
        Map<String, List<String>> fields = new TreeMap<>();
        for (Map.Entry<String, String> line : lines) {
            fields.computeIfAbsent(line.getKey(), name -> new ArrayList<>(1)).add(line.getValue());
        }
        return new Headers(Collections.unmodifiableMap(fields));
    }

    /** The first value of a field. */
    public Optional<String> first(String name) {
        List<String> values = fields.get(name);
        return values == null ? Optional.empty() : Optional.of(values.get(0));
    }

    public boolean has(String name) {
        return fields.containsKey(name);
    }

    /** All values of a field, empty when it is absent. */
    public List<String> all(String name) {
        return fields.getOrDefault(name, List.of());
    }

    /** The names present, in lower case and in order. */
    public Iterable<String> names() {
        return fields.keySet();
    }

    /** One value per name, repeated values joined by a comma. */
    public Map<String, String> asMap() {
        Map<String, String> joined = new TreeMap<>();
        fields.forEach((name, values) -> joined.put(name, String.join(",", values)));
        return joined;
    }
}

package dev.replicator.testkit.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The decoded parameters of a query string, in the order sent. A parameter without {@code =} has an empty value. */
public record Query(List<Map.Entry<String, String>> parameters) {
    public Query {
        parameters = List.copyOf(parameters);
    }

    /** Parses; empty when an escape is broken. */
    public static Optional<Query> parse(String raw) {
        List<Map.Entry<String, String>> parameters = new ArrayList<>();
        for (String pair : raw.split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            Optional<String> name = Percent.decodePlus(equals < 0 ? pair : pair.substring(0, equals));
            Optional<String> value = Percent.decodePlus(equals < 0 ? "" : pair.substring(equals + 1));
            if (name.isEmpty() || value.isEmpty()) {
                return Optional.empty();
            }
            parameters.add(Map.entry(name.get(), value.get()));
        }
        return Optional.of(new Query(parameters));
    }

    public boolean has(String name) {
        return first(name).isPresent();
    }

    /** The first value of a parameter. */
    public Optional<String> first(String name) {
        return parameters.stream()
                .filter(parameter -> parameter.getKey().equals(name))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** One value per name: the first. */
    public Map<String, String> asMap() {
        Map<String, String> map = new TreeMap<>();
        parameters.forEach(parameter -> map.putIfAbsent(parameter.getKey(), parameter.getValue()));
        return map;
    }
}

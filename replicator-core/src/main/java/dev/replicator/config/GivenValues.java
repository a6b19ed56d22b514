package dev.replicator.config;

import dev.replicator.config.binding.Shape;
import dev.replicator.config.binding.Slot;
import dev.replicator.config.yaml.Position;
import dev.replicator.config.yaml.YamlNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Turns values that another program has read into a document. Keys of the schema are recognised whatever their dashes,
 * underscores and case ({@code leaseTtl}, {@code LEASETTL}); names of the user's own stay as they are. A boolean where a
 * word such as {@code off} is expected is that word: older YAML readers take the one for the other.
 */
final class GivenValues {
    private GivenValues() {}

    static YamlNode of(Map<String, ?> values) {
        return mapping(values, ConfigKeys.FILE);
    }

    private static YamlNode mapping(Object value, Shape shape) {
        if (!(value instanceof Map<?, ?> map)) {
            return plain(value);
        }
        Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
        map.forEach((key, inner) -> {
            Optional<Slot> slot = slot(shape, String.valueOf(key));
            entries.put(
                    slot.map(Slot::name).orElseGet(() -> String.valueOf(key)),
                    new YamlNode.Entry(
                            Position.NOWHERE,
                            slot.map(known -> node(inner, known)).orElseGet(() -> plain(inner))));
        });
        return new YamlNode.Mapping(Position.NOWHERE, entries, weight(entries));
    }

    private static Optional<Slot> slot(Shape shape, String key) {
        return shape.slots().stream()
                .filter(slot -> uniform(slot.name()).equals(uniform(key)))
                .findFirst();
    }

    private static String uniform(String key) {
        return key.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
    }

    private static YamlNode node(Object value, Slot slot) {
        if (slot instanceof Slot.Nested nested && value instanceof Map<?, ?>) {
            return mapping(value, nested.shape());
        }
        if (slot instanceof Slot.Named named && value instanceof Map<?, ?> map) {
            Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
            map.forEach((name, inner) -> entries.put(
                    String.valueOf(name), new YamlNode.Entry(Position.NOWHERE, mapping(inner, named.shape()))));
            return new YamlNode.Mapping(Position.NOWHERE, entries, weight(entries));
        }
        if (slot instanceof Slot.Repeated repeated && value instanceof List<?> list) {
            return sequence(
                    list.stream().map(item -> mapping(item, repeated.shape())).toList());
        }
        if (value.equals("") && holdsMore(slot)) {
            return new YamlNode.Scalar(Position.NOWHERE, "", true);
        }
        if (slot instanceof Slot.Value<?> word && value instanceof Boolean flag && !reads(word, flag.toString())) {
            return scalar(flag ? "on" : "off");
        }
        return plain(value);
    }

    /** What frameworks make of an empty list or mapping is an empty text. */
    private static boolean holdsMore(Slot slot) {
        return slot instanceof Slot.Nested
                || slot instanceof Slot.Named
                || slot instanceof Slot.Repeated
                || slot instanceof Slot.Values<?>
                || slot instanceof Slot.Table;
    }

    private static boolean reads(Slot.Value<?> slot, String text) {
        try {
            slot.kind().read(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static YamlNode plain(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
            map.forEach((key, inner) ->
                    entries.put(String.valueOf(key), new YamlNode.Entry(Position.NOWHERE, plain(inner))));
            return new YamlNode.Mapping(Position.NOWHERE, entries, weight(entries));
        }
        if (value instanceof List<?> list) {
            return sequence(list.stream().map(GivenValues::plain).toList());
        }
        return scalar(String.valueOf(value));
    }

    private static YamlNode scalar(String text) {
        return new YamlNode.Scalar(Position.NOWHERE, text, false);
    }

    private static YamlNode sequence(List<YamlNode> items) {
        return new YamlNode.Sequence(
                Position.NOWHERE,
                items,
                1 + items.stream().mapToLong(YamlNode::weight).sum());
    }

    private static long weight(Map<String, YamlNode.Entry> entries) {
        return 1
                + entries.values().stream()
                        .mapToLong(entry -> entry.value().weight())
                        .sum();
    }
}

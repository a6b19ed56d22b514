package dev.replicator.config.binding;

import dev.replicator.config.binding.Slot.Emptiable;
import dev.replicator.config.binding.Slot.Named;
import dev.replicator.config.binding.Slot.Nested;
import dev.replicator.config.binding.Slot.Repeated;
import dev.replicator.config.binding.Slot.Required;
import dev.replicator.config.binding.Slot.Table;
import dev.replicator.config.binding.Slot.Value;
import dev.replicator.config.binding.Slot.Values;
import dev.replicator.config.text.Suggestions;
import dev.replicator.config.yaml.Position;
import dev.replicator.config.yaml.YamlNode;
import dev.replicator.store.Displays;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One mapping of a file, read by its shape. What can't be read is a problem at its key and counts as absent, so that
 * reading goes on and all problems are found. Not thread-safe.
 */
public final class Section {
    private static final Set<String> CREDENTIALS = Set.of(
            "access-key",
            "access-key-id",
            "secret-key",
            "secret-access-key",
            "session-token",
            "credentials",
            "password",
            "token",
            "aws-access-key-id",
            "aws-secret-access-key");

    private final String path;
    private final Position at;
    private final Shape shape;
    private final Map<String, YamlNode.Entry> entries;
    private final boolean forgiving;
    private final Reading reading;
    private final Set<String> broken = new HashSet<>();

    private Section(
            String path,
            Position at,
            Shape shape,
            Map<String, YamlNode.Entry> entries,
            boolean forgiving,
            Reading reading) {
        this.path = path;
        this.at = at;
        this.shape = shape;
        this.entries = entries;
        this.forgiving = forgiving;
        this.reading = reading;
        entries.forEach((name, entry) -> checkKnown(name, entry.at()));
    }

    /** What the sections of one file share. */
    private record Reading(Problems problems, Interpolation interpolation) {}

    /** The whole file; {@code root} may be anything. */
    public static Section root(YamlNode root, Shape shape, Problems problems, Interpolation interpolation) {
        Reading reading = new Reading(problems, interpolation);
        if (root instanceof YamlNode.Mapping mapping) {
            return new Section("", mapping.at(), shape, mapping.entries(), false, reading);
        }
        problems.add(
                root.at(), "the file holds " + root.kind() + "; expected keys: " + String.join(", ", shape.names()));
        return new Section("", root.at(), shape, Map.of(), false, reading);
    }

    private void checkKnown(String name, Position keyAt) {
        if (shape.slot(name).isPresent()) {
            return;
        }
        String hint = CREDENTIALS.contains(name)
                ? "; credentials are never written here: use the SDK's own chain, profile or role-arn"
                : Suggestions.question(name, shape.names());
        reading.problems.add(keyAt, "unknown key '" + shortened(name) + "' in " + here() + hint);
    }

    /** A value that must be there; absent only where there is a problem. */
    public <T> Optional<T> get(Required<T> slot) {
        Optional<T> value = written(slot).flatMap(text -> read(slot, slot.kind(), text));
        if (value.isEmpty() && !broken.contains(slot.name())) {
            tell(at, here() + " needs '" + slot.name() + "': " + slot.description());
        }
        return value;
    }

    public <T> Optional<T> get(Value<T> slot) {
        return written(slot).flatMap(text -> read(slot, slot.kind(), text));
    }

    public <T> T get(Value<T> slot, T byDefault) {
        return get(slot).orElse(byDefault);
    }

    public <T> Optional<T> get(Emptiable<T> slot) {
        YamlNode.Entry entry = entries.get(slot.name());
        if (entry == null
                || entry.value() instanceof YamlNode.Scalar scalar
                        && scalar.text().isEmpty()) {
            return Optional.empty();
        }
        return written(slot).filter(text -> !text.value().isEmpty()).flatMap(text -> read(slot, slot.kind(), text));
    }

    /** The values of a list; absent where it is not written or says {@code auto}. */
    public <T> Optional<List<T>> get(Values<T> slot) {
        YamlNode.Entry entry = entries.get(slot.name());
        if (entry == null || isEmpty(entry.value())) {
            return Optional.empty();
        }
        if (slot.autoAllowed()
                && entry.value() instanceof YamlNode.Scalar scalar
                && scalar.text().equals("auto")) {
            return Optional.empty();
        }
        if (!(entry.value() instanceof YamlNode.Sequence sequence)) {
            fail(
                    slot,
                    entry.at(),
                    name(slot) + " is " + entry.value().kind() + "; expected a list"
                            + (slot.autoAllowed() ? " or auto" : ""));
            return Optional.empty();
        }
        List<T> values = new ArrayList<>();
        for (YamlNode item : sequence.items()) {
            written(slot, item.at(), item)
                    .flatMap(text -> read(slot, slot.kind(), text))
                    .ifPresent(values::add);
        }
        return Optional.of(values);
    }

    public Map<String, String> get(Table slot) {
        Map<String, String> table = new LinkedHashMap<>();
        mapping(slot)
                .ifPresent(mapping -> mapping.entries().forEach((name, entry) -> {
                    Optional<String> key = read(slot, slot.keys(), new Written(entry.at(), name, name));
                    Optional<String> value =
                            written(slot, entry.at(), entry.value()).flatMap(text -> read(slot, slot.kind(), text));
                    if (key.isPresent() && value.isPresent()) {
                        table.put(key.get(), value.get());
                    }
                }));
        return table;
    }

    /** The mapping of a key; without keys where it is not written. */
    public Section get(Nested slot) {
        Map<String, YamlNode.Entry> inner =
                mapping(slot).map(YamlNode.Mapping::entries).orElse(Map.of());
        return new Section(name(slot), at(slot), slot.shape(), inner, forgiving || slot.forgiving(), reading);
    }

    public Map<String, Section> get(Named slot) {
        Map<String, Section> sections = new LinkedHashMap<>();
        mapping(slot)
                .ifPresent(mapping -> mapping.entries().forEach((name, entry) -> {
                    String inner = name(slot) + "." + shortened(name);
                    if (entry.value() instanceof YamlNode.Mapping section) {
                        sections.put(
                                name,
                                new Section(inner, entry.at(), slot.shape(), section.entries(), forgiving, reading));
                    } else {
                        broken.add(slot.name());
                        reading.problems.add(entry.at(), inner + " " + expectedMapping(entry.value(), slot.shape()));
                    }
                }));
        return sections;
    }

    /** The mappings of a list; absent where it is not written or empty. */
    public Optional<List<Section>> get(Repeated slot) {
        YamlNode.Entry entry = entries.get(slot.name());
        if (entry == null || isEmpty(entry.value())) {
            return Optional.empty();
        }
        if (!(entry.value() instanceof YamlNode.Sequence sequence)) {
            fail(slot, entry.at(), name(slot) + " is " + entry.value().kind() + "; expected a list of mappings");
            return Optional.empty();
        }
        List<Section> sections = new ArrayList<>();
        for (int i = 0; i < sequence.items().size(); i++) {
            YamlNode item = sequence.items().get(i);
            String inner = name(slot) + "[" + i + "]";
            if (item instanceof YamlNode.Mapping mapping) {
                sections.add(new Section(inner, mapping.at(), slot.shape(), mapping.entries(), forgiving, reading));
            } else {
                broken.add(slot.name());
                reading.problems.add(item.at(), inner + " " + expectedMapping(item, slot.shape()));
            }
        }
        return Optional.of(sections);
    }

    private Optional<YamlNode.Mapping> mapping(Slot slot) {
        YamlNode.Entry entry = entries.get(slot.name());
        if (entry == null || isEmpty(entry.value())) {
            return Optional.empty();
        }
        if (entry.value() instanceof YamlNode.Mapping mapping) {
            return Optional.of(mapping);
        }
        Shape expected = slot instanceof Nested nested ? nested.shape() : Shape.of();
        fail(slot, entry.at(), name(slot) + " " + expectedMapping(entry.value(), expected));
        return Optional.empty();
    }

    private static String expectedMapping(YamlNode found, Shape shape) {
        String keys = shape.slots().isEmpty()
                ? ""
                : " with keys such as " + shape.names().get(0);
        return "is " + found.kind() + "; expected a mapping" + keys;
    }

    private static boolean isEmpty(YamlNode node) {
        return node instanceof YamlNode.Scalar scalar && scalar.empty();
    }

    /** A scalar with everything filled in: {@code raw} may be shown, {@code value} may be secret. */
    private record Written(Position at, String raw, String value) {}

    private Optional<Written> written(Slot slot) {
        return Optional.ofNullable(entries.get(slot.name())).flatMap(entry -> written(slot, entry.at(), entry.value()));
    }

    private Optional<Written> written(Slot slot, Position where, YamlNode node) {
        if (!(node instanceof YamlNode.Scalar scalar)) {
            fail(slot, where, name(slot) + " is " + node.kind() + "; expected a single value");
            return Optional.empty();
        }
        if (scalar.empty()) {
            fail(slot, where, name(slot) + " has no value");
            return Optional.empty();
        }
        try {
            return Optional.of(new Written(where, scalar.text(), reading.interpolation.filled(scalar.text())));
        } catch (IllegalArgumentException e) {
            fail(slot, where, name(slot) + ": " + e.getMessage());
            return Optional.empty();
        }
    }

    private <T> Optional<T> read(Slot slot, Kind<T> kind, Written text) {
        try {
            return Optional.of(kind.read(text.value));
        } catch (IllegalArgumentException e) {
            String value = kind.quotable() ? " '" + shortened(text.raw) + "'" : "";
            fail(slot, text.at, name(slot) + ":" + value + " " + e.getMessage());
            return Optional.empty();
        }
    }

    private void fail(Slot slot, Position where, String message) {
        broken.add(slot.name());
        tell(where, message);
    }

    private void tell(Position where, String message) {
        if (forgiving) {
            reading.problems.addForgivable(where, message);
        } else {
            reading.problems.add(where, message);
        }
    }

    /** Adds a problem of a key's value; the message's secrets are taken out. */
    public void problem(Slot slot, String message) {
        fail(slot, at(slot), name(slot) + ": " + reading.interpolation.redacted(message));
    }

    /** Adds a problem of the mapping as a whole; the message's secrets are taken out. */
    public void problem(String message) {
        tell(at, here() + ": " + reading.interpolation.redacted(message));
    }

    /** Whether a key's value had a problem so far. */
    public boolean broken(Slot slot) {
        return broken.contains(slot.name());
    }

    public boolean has(Slot slot) {
        return entries.containsKey(slot.name());
    }

    /** What the file says for a key, before anything is filled in; empty where it is absent or no single value. */
    public String raw(Slot slot) {
        YamlNode.Entry entry = entries.get(slot.name());
        return entry != null && entry.value() instanceof YamlNode.Scalar scalar ? scalar.text() : "";
    }

    private Position at(Slot slot) {
        YamlNode.Entry entry = entries.get(slot.name());
        return entry == null ? at : entry.at();
    }

    private String here() {
        return path.isEmpty() ? "the file" : path;
    }

    private String name(Slot slot) {
        return path.isEmpty() ? slot.name() : path + "." + slot.name();
    }

    private static String shortened(String text) {
        String safe = Displays.escaped(text);
        return safe.length() <= 80 ? safe : safe.substring(0, 79) + "…";
    }
}

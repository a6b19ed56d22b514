package dev.replicator.config.binding;

import dev.replicator.config.binding.Slot.Emptiable;
import dev.replicator.config.binding.Slot.Named;
import dev.replicator.config.binding.Slot.Nested;
import dev.replicator.config.binding.Slot.Repeated;
import dev.replicator.config.binding.Slot.Required;
import dev.replicator.config.binding.Slot.Table;
import dev.replicator.config.binding.Slot.Value;
import dev.replicator.config.binding.Slot.Values;
import dev.replicator.config.yaml.Position;
import dev.replicator.config.yaml.YamlNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One mapping of a file, read by its shape. What can't be read is a problem at its key and counts as absent, so that
 * reading goes on and all problems are found. Not thread-safe.
 */
public final class Section {
    private final Place place;
    private final Shape shape;
    private final Map<String, YamlNode.Entry> entries;
    private final Problems problems;
    private final Interpolation interpolation;
    private final Scalars scalars;

    private Section(
            Place place,
            Shape shape,
            Map<String, YamlNode.Entry> entries,
            Problems problems,
            Interpolation interpolation) {
        this.place = place;
        this.shape = shape;
        this.entries = entries;
        this.problems = problems;
        this.interpolation = interpolation;
        scalars = new Scalars(place, interpolation);
        entries.forEach((name, entry) -> checkKnown(name, entry.at()));
    }

    /** The whole file; {@code root} may be anything. */
    public static Section root(YamlNode root, Shape shape, Problems problems, Interpolation interpolation) {
        Place whole = new Place("", root.at(), false, problems);
        if (root instanceof YamlNode.Mapping mapping) {
            return new Section(whole, shape, mapping.entries(), problems, interpolation);
        }
        problems.add(
                root.at(), "the file holds " + root.kind() + "; expected keys: " + String.join(", ", shape.names()));
        return new Section(whole, shape, Map.of(), problems, interpolation);
    }

    private Section inner(Place inner, Shape innerShape, Map<String, YamlNode.Entry> innerEntries) {
        return new Section(inner, innerShape, innerEntries, problems, interpolation);
    }

    private void checkKnown(String name, Position keyAt) {
        if (shape.slot(name).isEmpty()) {
            problems.add(keyAt, UnknownKeys.message(name, shape, place));
        }
    }

    /** A value that must be there; absent only where there is a problem. */
    public <T> Optional<T> get(Required<T> slot) {
        Optional<T> value = written(slot).flatMap(text -> scalars.read(slot, slot.kind(), text));
        if (value.isEmpty() && !broken(slot)) {
            place.tell(place.at(), place.name() + " needs '" + slot.name() + "': " + slot.description());
        }
        return value;
    }

    public <T> Optional<T> get(Value<T> slot) {
        return written(slot).flatMap(text -> scalars.read(slot, slot.kind(), text));
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
        return written(slot)
                .filter(text -> !text.value().isEmpty())
                .flatMap(text -> scalars.read(slot, slot.kind(), text));
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
            place.fail(
                    slot,
                    entry.at(),
                    place.name(slot) + " is " + entry.value().kind() + "; expected a list"
                            + (slot.autoAllowed() ? " or auto" : ""));
            return Optional.empty();
        }
        List<T> values = new ArrayList<>();
        for (YamlNode item : sequence.items()) {
            scalars.read(slot, slot.kind(), item.at(), item).ifPresent(values::add);
        }
        return Optional.of(values);
    }

    public Map<String, String> get(Table slot) {
        Map<String, String> table = new LinkedHashMap<>();
        mapping(slot)
                .ifPresent(mapping -> mapping.entries().forEach((name, entry) -> {
                    Optional<String> key = scalars.read(slot, slot.keys(), new Scalars.Written(entry.at(), name, name));
                    Optional<String> value = scalars.read(slot, slot.kind(), entry.at(), entry.value());
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
        return inner(place.inner(place.name(slot), at(slot), slot.forgiving()), slot.shape(), inner);
    }

    public Map<String, Section> get(Named slot) {
        Map<String, Section> sections = new LinkedHashMap<>();
        mapping(slot)
                .ifPresent(mapping -> mapping.entries().forEach((name, entry) -> {
                    String path = place.name(slot) + "." + Place.shortened(name);
                    section(slot, slot.shape(), path, entry.at(), entry.value())
                            .ifPresent(section -> sections.put(name, section));
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
            place.fail(
                    slot,
                    entry.at(),
                    place.name(slot) + " is " + entry.value().kind() + "; expected a list of mappings");
            return Optional.empty();
        }
        List<Section> sections = new ArrayList<>();
        for (int i = 0; i < sequence.items().size(); i++) {
            YamlNode item = sequence.items().get(i);
            section(slot, slot.shape(), place.name(slot) + "[" + i + "]", item.at(), item)
                    .ifPresent(sections::add);
        }
        return Optional.of(sections);
    }

    private Optional<Section> section(Slot slot, Shape expected, String path, Position where, YamlNode node) {
        if (node instanceof YamlNode.Mapping mapping) {
            return Optional.of(inner(place.inner(path, where, false), expected, mapping.entries()));
        }
        place.failForGood(slot, where, path + " " + expectedMapping(node, expected));
        return Optional.empty();
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
        place.fail(slot, entry.at(), place.name(slot) + " " + expectedMapping(entry.value(), expected));
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

    private Optional<Scalars.Written> written(Slot slot) {
        return Optional.ofNullable(entries.get(slot.name()))
                .flatMap(entry -> scalars.written(slot, entry.at(), entry.value()));
    }

    /** Adds a problem of a key's value; the message's secrets are taken out. */
    public void problem(Slot slot, String message) {
        place.fail(slot, at(slot), place.name(slot) + ": " + interpolation.redacted(message));
    }

    /** Adds a problem of the mapping as a whole; the message's secrets are taken out. */
    public void problem(String message) {
        place.tell(place.at(), place.name() + ": " + interpolation.redacted(message));
    }

    /** Whether a key's value had a problem so far. */
    public boolean broken(Slot slot) {
        return place.isBroken(slot);
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
        return entry == null ? place.at() : entry.at();
    }
}

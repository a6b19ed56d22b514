package dev.replicator.config.binding;

import dev.replicator.config.yaml.Position;
import dev.replicator.config.yaml.YamlNode;
import java.util.Optional;

/** Reads single values: fills them in, then takes them for what their kind says. What can't be is a problem of its key. */
record Scalars(Place place, Interpolation interpolation) {
    /** A scalar with everything filled in: {@code raw} may be shown, {@code value} may be secret. */
    record Written(Position at, String raw, String value) {}

    /** What {@code node} holds for a key; absent where that is no single value. */
    Optional<Written> written(Slot slot, Position where, YamlNode node) {
        if (!(node instanceof YamlNode.Scalar scalar)) {
            place.fail(slot, where, place.name(slot) + " is " + node.kind() + "; expected a single value");
            return Optional.empty();
        }
        if (scalar.empty()) {
            place.fail(slot, where, place.name(slot) + " has no value");
            return Optional.empty();
        }
        try {
            return Optional.of(new Written(where, scalar.text(), interpolation.filled(scalar.text())));
        } catch (IllegalArgumentException e) {
            place.fail(slot, where, place.name(slot) + ": " + e.getMessage());
            return Optional.empty();
        }
    }

    <T> Optional<T> read(Slot slot, Kind<T> kind, Written text) {
        try {
            return Optional.of(kind.read(text.value));
        } catch (IllegalArgumentException e) {
            String value = kind.quotable() ? " '" + Place.shortened(text.raw) + "'" : "";
            place.fail(slot, text.at, place.name(slot) + ":" + value + " " + e.getMessage());
            return Optional.empty();
        }
    }

    <T> Optional<T> read(Slot slot, Kind<T> kind, Position where, YamlNode node) {
        return written(slot, where, node).flatMap(text -> read(slot, kind, text));
    }
}

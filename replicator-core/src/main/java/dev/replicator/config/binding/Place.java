package dev.replicator.config.binding;

import dev.replicator.config.yaml.Position;
import dev.replicator.store.Displays;
import java.util.HashSet;
import java.util.Set;

/** Where a mapping stands, and which of its keys had problems: names them for people. Not thread-safe. */
final class Place {
    private static final int LONGEST = 80;

    private final String path;
    private final Position at;
    private final boolean forgiving;
    private final Problems problems;
    private final Set<String> broken = new HashSet<>();

    /**
     * @param path keys that lead here, with dots; empty for the whole file
     * @param forgiving whether problems of values here may be overlooked
     */
    Place(String path, Position at, boolean forgiving, Problems problems) {
        this.path = path;
        this.at = at;
        this.forgiving = forgiving;
        this.problems = problems;
    }

    /** A mapping inside. */
    Place inner(String innerPath, Position innerAt, boolean alsoForgiving) {
        return new Place(innerPath, innerAt, forgiving || alsoForgiving, problems);
    }

    Position at() {
        return at;
    }

    String name() {
        return path.isEmpty() ? "the file" : path;
    }

    String name(Slot slot) {
        return path.isEmpty() ? slot.name() : path + "." + slot.name();
    }

    boolean isBroken(Slot slot) {
        return broken.contains(slot.name());
    }

    /** Adds a problem of a key's value. */
    void fail(Slot slot, Position where, String message) {
        broken.add(slot.name());
        tell(where, message);
    }

    /** Adds a problem of a value's form, which is never overlooked. */
    void failForGood(Slot slot, Position where, String message) {
        broken.add(slot.name());
        problems.add(where, message);
    }

    void tell(Position where, String message) {
        if (forgiving) {
            problems.addForgivable(where, message);
        } else {
            problems.add(where, message);
        }
    }

    static String shortened(String text) {
        String safe = Displays.escaped(text);
        return safe.length() <= LONGEST ? safe : safe.substring(0, LONGEST - 1) + "…";
    }
}

package dev.replicator.config.binding;

/** A key that a mapping may have, and what may stand behind it. */
public sealed interface Slot {
    String name();

    /** One sentence for the reference. */
    String description();

    /** A value that must be there. */
    record Required<T>(String name, Kind<T> kind, String description) implements Slot {}

    /**
     * A value.
     *
     * @param byDefault what holds where it is absent, as a user would write it
     */
    record Value<T>(String name, Kind<T> kind, String byDefault, String description) implements Slot {}

    /** A value for which the empty text means that it is absent. */
    record Emptiable<T>(String name, Kind<T> kind, String description) implements Slot {}

    /** A list of values. */
    record Values<T>(String name, Kind<T> kind, boolean autoAllowed, String byDefault, String description)
            implements Slot {}

    /** Names of the user's own with texts. */
    record Table(String name, Kind<String> keys, Kind<String> kind, String description) implements Slot {}

    /**
     * A mapping.
     *
     * @param forgiving whether an invalid value in it may give way to its default, with a warning, where the caller
     *     prefers going on to being right
     */
    record Nested(String name, Shape shape, boolean forgiving, String description) implements Slot {}

    /** A list of mappings. */
    record Repeated(String name, Shape shape, String description) implements Slot {}

    /** Names of the user's own with mappings. */
    record Named(String name, Shape shape, String description) implements Slot {}

    static <T> Required<T> required(String name, Kind<T> kind, String description) {
        return new Required<>(name, kind, description);
    }

    static <T> Value<T> value(String name, Kind<T> kind, String byDefault, String description) {
        return new Value<>(name, kind, byDefault, description);
    }

    static <T> Emptiable<T> emptiable(String name, Kind<T> kind, String description) {
        return new Emptiable<>(name, kind, description);
    }
}

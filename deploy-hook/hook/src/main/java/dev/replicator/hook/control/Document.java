package dev.replicator.hook.control;

import dev.replicator.store.Version;
import java.util.Optional;

/** What reading a control object found. */
public sealed interface Document<T> {
    /** There is no such object. */
    record Missing<T>() implements Document<T> {}

    /** It is whole and of a schema this version knows. */
    record Valid<T>(T value, Version version) implements Document<T> {}

    /** Torn, empty, changed by hand, too large or not ours. Never taken for absence. */
    record Unreadable<T>(String why, Version version) implements Document<T> {}

    /** Written by a newer version of Replicator. */
    record Newer<T>(int schema) implements Document<T> {}

    /** The content, when it can be trusted. */
    default Optional<T> valid() {
        return this instanceof Valid<T> found ? Optional.of(found.value()) : Optional.empty();
    }

    /** Whether an object is there at all. */
    default boolean exists() {
        return !(this instanceof Missing<T>);
    }
}

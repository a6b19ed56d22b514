package dev.replicator.config.binding;

import java.util.Map;

/**
 * A kind of value that a text can spell.
 *
 * @param <T> what it is once read
 */
public interface Kind<T> {
    /**
     * Reads a value.
     *
     * @throws IllegalArgumentException with a message that goes on after the quoted text ({@code is not …}) and does not
     *     repeat it, for the text may be secret
     */
    T read(String text);

    /** The JSON Schema of it. */
    Map<String, Object> schema();

    /** Whether what a user typed may be quoted in messages; a location might hold credentials that don't belong there. */
    default boolean quotable() {
        return true;
    }
}

package dev.replicator.report;

import dev.replicator.store.ObjectMeta;

/**
 * One difference that a validation found.
 *
 * @param pair index of the job's prefix pair
 * @param entry the source's object, or the destination's where only it exists
 * @param why one word or sentence
 */
public record Finding(Kind kind, int pair, ObjectMeta entry, String why) {
    /** The validation's words. */
    public enum Kind {
        MISSING,
        MISMATCHED,
        EXTRA,
        UNREADABLE,
        SKIPPED
    }
}

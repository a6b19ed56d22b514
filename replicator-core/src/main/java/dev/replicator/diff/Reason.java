package dev.replicator.diff;

import java.util.Locale;

/** Why two objects of one key count as different, or why an object is copied. */
public enum Reason {
    MISSING,
    SIZE,
    NEWER,
    ETAG,
    CHECKSUM,
    /** Nothing could show that they are equal. */
    UNPROVEN_EQUAL,
    /** Another version than at the last run, whatever its time. */
    SOURCE_CHANGED,
    /** The destination was changed behind our back. */
    DRIFT,
    /** Of equal content, with other metadata. */
    METADATA,
    /** Only in the destination. */
    EXTRA;

    /** {@code missing}, {@code size}, {@code newer}, … */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

package dev.replicator.diff;

/** What equality rests on. */
public enum Evidence {
    FINGERPRINT,
    /** The destination's object says which version of the source it was made from. */
    NOTE,
    SIZE_AND_MODIFIED,
    BYTES,
    /** Both sides are as the last run left them. */
    BASELINE
}

package dev.replicator.diff;

/** What equality rests on. */
public enum Evidence {
    FINGERPRINT,
    SIZE_AND_MODIFIED,
    BYTES,
    /** Both sides are as the last run left them. */
    BASELINE
}

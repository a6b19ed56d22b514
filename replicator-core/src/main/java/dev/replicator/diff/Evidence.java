package dev.replicator.diff;

/** What equality rests on. */
public enum Evidence {
    FINGERPRINT,
    SIZE_AND_MODIFIED,
    BYTES
}

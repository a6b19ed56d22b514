package dev.replicator.job;

/** How two objects of one key are told apart. */
public enum CompareMode {
    /** Different size, or source newer. Doubt within the clocks' granularity is settled by fingerprints or a head. */
    SIZE_AND_MODIFIED,
    SIZE_ONLY,
    /** ETags of listings, by size and time where they can't tell; only between stores of one kind. */
    ETAG,
    /** Digests of the content; reads where nothing comparable is kept. */
    CHECKSUM
}

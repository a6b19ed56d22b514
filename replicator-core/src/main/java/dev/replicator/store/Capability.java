package dev.replicator.store;

/**
 * Something a store declares it can do. Unknown counts as absent: callers then guard themselves (a head before an
 * overwrite) and the report says {@code unguarded}.
 */
public enum Capability {
    /** {@code copyFrom} works for sources that {@link ObjectStore#copiesFrom} accepts. */
    SERVER_SIDE_COPY,
    /** {@code write} honours {@link Precondition.Absent} atomically: of N racing writers one wins. */
    CREATE_ONLY_WRITE,
    /** {@code write} honours {@link Precondition.Unchanged}. */
    CONDITIONAL_WRITE,
    /** {@code copyFrom} honours {@link Precondition.Absent}. */
    CREATE_ONLY_COPY,
    /** {@code copyFrom} honours {@link Precondition.Unchanged}. */
    CONDITIONAL_COPY,
    /** {@code delete} honours {@link Precondition.Unchanged}. */
    CONDITIONAL_DELETE,
    /** {@code read} and {@code copyFrom} fail with stale when the source is no longer the version given. */
    PINNED_READ,
    /** User metadata and the standard headers are kept. */
    METADATA,
    /** Tags are kept. */
    TAGS,
    /** A written object takes the modification time it is given, so equal times mean an untouched copy. */
    KEEPS_MODIFIED,
    /** A version's ETags compare as {@link Fingerprint.Algorithm#ETAG} or better with those of the same scheme. */
    ETAGS
}

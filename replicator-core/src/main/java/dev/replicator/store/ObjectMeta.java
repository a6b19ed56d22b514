package dev.replicator.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a store says of one object: from a listing, from a head or from a write.
 *
 * @param size in bytes, 0 or more
 * @param modified the store's modification time, in the store's own clock and granularity
 * @param fingerprints digests of the content that the answer carried; may be empty
 * @param note why the object can't be copied as it is, if so
 * @param metadata present when the answer carried it: a head's does, a listing's where {@link ListRequest#metadata} asked
 *     for it and the service shows it there; tags only when asked for
 * @param metageneration GCS's number of the metadata's state; 0 where the store has none
 */
public record ObjectMeta(
        ObjectKey key,
        long size,
        Instant modified,
        Version version,
        List<Fingerprint> fingerprints,
        EntryNote note,
        Optional<ObjectMetadata> metadata,
        long metageneration) {

    public ObjectMeta {
        if (size < 0) {
            throw new IllegalArgumentException("size " + size + " of " + key);
        }
        fingerprints = List.copyOf(fingerprints);
    }

    /** Of a store whose listings don't tell the state of metadata. */
    public ObjectMeta(
            ObjectKey key,
            long size,
            Instant modified,
            Version version,
            List<Fingerprint> fingerprints,
            EntryNote note,
            Optional<ObjectMetadata> metadata) {
        this(key, size, modified, version, fingerprints, note, metadata, 0);
    }

    public ObjectMeta(ObjectKey key, long size, Instant modified, Version version) {
        this(key, size, modified, version, List.of(), EntryNote.NONE, Optional.empty());
    }

    public ObjectMeta withKey(ObjectKey other) {
        return new ObjectMeta(other, size, modified, version, fingerprints, note, metadata, metageneration);
    }

    public ObjectMeta withMetadata(ObjectMetadata found) {
        return new ObjectMeta(key, size, modified, version, fingerprints, note, Optional.of(found), metageneration);
    }
}

package dev.replicator.baseline;

import dev.replicator.store.Fingerprint;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.Version;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a run that was stopped was about to do to one key.
 *
 * @param runId the run
 * @param announced when that was written down, by the destination's clock
 * @param key relative to the prefix pair
 * @param source the source's object that was to be copied; empty where the destination's was to be deleted
 * @param content its digests, as far as its listing told any
 * @param replaces the destination's version that the run had seen there; empty where it saw no object
 * @param metadata whose the copy was to have
 */
public record Intent(
        String runId,
        Instant announced,
        ObjectKey key,
        Optional<ObjectState> source,
        List<Fingerprint> content,
        Optional<Version> replaces,
        Metadata metadata) {
    /** The first metageneration of each version. */
    private static final long MADE = 1;

    public Intent {
        content = List.copyOf(content);
    }

    /** Whose metadata a copy has. */
    public enum Metadata {
        SOURCES,
        /** Those of the object that it replaces, which are others' work. */
        KEPT
    }

    Intent of(ObjectKey relative) {
        return new Intent(runId, announced, relative, source, content, replaces, metadata);
    }

    /**
     * Whether the metadata of that object, which the run made, are others' work: it kept them, or they were changed since.
     */
    public boolean isUnderOthersMetadata(ObjectMeta left) {
        return metadata == Metadata.KEPT || left.metageneration() > MADE;
    }

    public boolean deletes() {
        return source.isEmpty();
    }
}

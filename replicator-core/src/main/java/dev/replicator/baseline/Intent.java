package dev.replicator.baseline;

import dev.replicator.store.Fingerprint;
import dev.replicator.store.ObjectKey;
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
 */
public record Intent(
        String runId, Instant announced, ObjectKey key, Optional<ObjectState> source, List<Fingerprint> content) {
    public Intent {
        content = List.copyOf(content);
    }

    public boolean deletes() {
        return source.isEmpty();
    }
}

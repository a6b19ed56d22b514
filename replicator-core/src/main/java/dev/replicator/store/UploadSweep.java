package dev.replicator.store;

import java.time.Instant;
import java.util.Optional;

/** Role: removes what a crashed run of ours left behind of uploads in parts. */
public interface UploadSweep {
    /**
     * Removes what is left of uploads of exactly this key. Where a store can tell which write an upload belongs to, only
     * those of this one, whenever they began: times do not tell a dead run's parts from a slow one's. Elsewhere those that
     * were started at {@code notBefore} or later and before {@code before} (store time).
     *
     * @param operation id of the write that did not end; empty where it had none
     * @return how many uploads
     */
    int sweep(ObjectKey key, Optional<String> operation, Instant notBefore, Instant before);
}

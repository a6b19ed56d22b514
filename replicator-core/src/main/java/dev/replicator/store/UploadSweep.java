package dev.replicator.store;

import java.time.Instant;

/** Role: removes multipart uploads that a crashed run of ours left behind. */
public interface UploadSweep {
    /**
     * Aborts unfinished uploads of exactly this key that were started at {@code notBefore} or later and before {@code
     * before} (store time).
     *
     * @return how many were aborted
     */
    int sweep(ObjectKey key, Instant notBefore, Instant before);
}

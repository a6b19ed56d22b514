package dev.replicator.store.digest;

import dev.replicator.store.Fingerprint.Algorithm;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Digests a whole range by range where the digest of a range says nothing of the whole (MD5, SHA): each range goes on
 * from where one that ended at its start has left off. So ranges must come one behind the other; one that is read again
 * may, from any of the last few starts. Thread-safe.
 */
public final class ChainedDigest {
    /** How many ends of ranges are remembered. */
    private static final int MOST = 8;

    private final Algorithm algorithm;
    private final TreeMap<Long, ContentDigest> ends = new TreeMap<>();

    public ChainedDigest(Algorithm algorithm) {
        this.algorithm = algorithm;
    }

    /** A digest of everything before {@code offset}, to go on with; empty where that is not known. */
    public synchronized Optional<ContentDigest> upTo(long offset) {
        return offset == 0
                ? Optional.of(ContentDigest.of(algorithm))
                : Optional.ofNullable(ends.get(offset)).flatMap(ContentDigest::fork);
    }

    /** A range has ended at {@code end}, and {@code digest} is of everything before; it may be used on. */
    public synchronized void ended(long end, ContentDigest digest) {
        digest.fork().ifPresent(state -> ends.put(end, state));
        if (ends.size() > MOST) {
            ends.pollFirstEntry();
        }
    }
}

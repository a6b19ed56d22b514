package dev.replicator.baseline;

import dev.replicator.store.ObjectKey;

/**
 * One object of a baseline: consecutive entries of one prefix pair.
 *
 * @param name key under the baseline's prefix
 * @param pair index of the prefix pair
 * @param entries how many, 1 or more
 * @param bytes length of the object
 * @param sha256 of the object's bytes, lower-case hex
 * @param last its greatest key
 */
record Chunk(String name, int pair, int entries, long bytes, String sha256, ObjectKey last) {
    /** Longest object that is believed to be a chunk, in bytes. */
    static final long LONGEST = 64L << 20;

    boolean hasContentOf(Chunk other) {
        return pair == other.pair && entries == other.entries && sha256.equals(other.sha256);
    }
}

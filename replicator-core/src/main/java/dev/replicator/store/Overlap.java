package dev.replicator.store;

/**
 * Role: tells whether two places are, or contain, the same objects though their names don't say so: directories reached
 * by links or mounts. Sends nothing and changes nothing.
 */
public interface Overlap {
    /**
     * Whether a key under {@code here} of this bucket may be an object under {@code there} of another bucket of the same
     * scheme.
     */
    boolean overlaps(KeyPrefix here, BucketRef other, KeyPrefix there);
}

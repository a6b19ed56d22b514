package dev.replicator.store;

/**
 * Role: the store makes its bucket with the first write, so a destination that is not there yet counts as empty. A
 * directory does; a cloud bucket never appears by itself.
 */
public interface BucketCreation {
    /** Makes the bucket; fine when it is there. */
    void create();
}

package dev.replicator.testkit.wire;

/**
 * One request as a server understood it, before it decided anything.
 *
 * @param <O> the server's operations
 */
public interface ServerCall<O> {
    O operation();

    /** Empty where none is meant. */
    String bucket();

    /** Empty for operations on a bucket. */
    String key();
}

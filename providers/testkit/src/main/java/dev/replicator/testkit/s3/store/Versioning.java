package dev.replicator.testkit.s3.store;

/** Whether a bucket keeps what is overwritten or deleted. */
public enum Versioning {
    OFF,
    ENABLED,
    SUSPENDED
}

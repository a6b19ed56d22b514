package dev.replicator.tests.pairs;

/** Where objects can be. */
enum Kind {
    S3,
    GCS,
    DIRECTORY
}

package dev.replicator.infra.terraform;

/** Where a permission is needed: CONTROL is the job's own prefix in the destination bucket. */
enum Side {
    SOURCE,
    DESTINATION,
    CONTROL
}

package dev.replicator.execute;

/**
 * What ended a run early or refused it, in the classes of the exit codes.
 *
 * @param message what, where, why, and what to do
 */
public record Problem(Kind kind, String message) {
    /** Classes, each with its exit code (CONTRACT §2). */
    public enum Kind {
        /** Exit 6: credentials, permission on the bucket, bucket or prefix not found. */
        ACCESS,
        /** Exit 1. */
        FAILED,
        /** Exit 5. */
        REFUSED,
        /** Exit 7. */
        LOCKED,
        /** Exit 8: a time or size limit. */
        LIMIT,
        /** Exit 130 or 143. */
        CANCELLED
    }
}

package dev.replicator.report;

/** How a run ended. */
public enum Outcome {
    SUCCEEDED,
    NOTHING_TO_DO,
    /** Something failed, went stale or was skipped for a reason that leaves the destination incomplete. */
    PARTIAL,
    /** A guard said no; no delete was sent. */
    REFUSED,
    FAILED,
    CANCELLED;

    /** Whether the destination now is what the source was. */
    public boolean isSuccess() {
        return this == SUCCEEDED || this == NOTHING_TO_DO;
    }
}

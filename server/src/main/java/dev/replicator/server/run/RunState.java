package dev.replicator.server.run;

import dev.replicator.report.Outcome;

/** Where a run of the server is. */
public enum RunState {
    QUEUED,
    RUNNING,
    /** Asked to stop; objects in flight finish. */
    CANCELLING,
    SUCCEEDED,
    NOTHING_TO_DO,
    /** A validation that found differences. */
    FINDINGS,
    PARTIAL,
    REFUSED,
    FAILED,
    CANCELLED,
    /** Another process holds the job's lease. */
    LOCKED,
    /** The server went away while it ran; the next run converges. */
    INTERRUPTED;

    public boolean isEnd() {
        return this != QUEUED && this != RUNNING && this != CANCELLING;
    }

    static RunState of(Outcome outcome) {
        return switch (outcome) {
            case SUCCEEDED -> SUCCEEDED;
            case NOTHING_TO_DO -> NOTHING_TO_DO;
            case PARTIAL -> PARTIAL;
            case REFUSED -> REFUSED;
            case FAILED -> FAILED;
            case CANCELLED -> CANCELLED;
        };
    }
}

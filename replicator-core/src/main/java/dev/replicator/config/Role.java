package dev.replicator.config;

/** What a caller of the server may do; each may do what those before it may. */
public enum Role {
    /** Reads. */
    VIEWER,
    /** Starts and cancels runs. */
    OPERATOR,
    /** Decides about plans. */
    APPROVER,
    /** Sees the audit and the configuration, and tries notifications. */
    ADMIN;

    /** Whether this one may do what the other one may. */
    public boolean covers(Role other) {
        return compareTo(other) >= 0;
    }
}

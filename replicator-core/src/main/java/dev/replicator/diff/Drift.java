package dev.replicator.diff;

/** How the destination changed other than by us since the job's last run. */
public enum Drift {
    /** Another version than we left. */
    EDITED,
    /** The version we left, with other metadata; seen where listings number the states of metadata. */
    METADATA,
    /** Gone, and the source still has it. */
    DELETED,
    /** Neither the source nor the baseline has it. */
    ADDED
}

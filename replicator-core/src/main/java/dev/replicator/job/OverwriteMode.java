package dev.replicator.job;

/** What to do with an object that is there and differs. */
public enum OverwriteMode {
    IF_DIFFERENT,
    NEVER,
    IF_NEWER
}

package dev.replicator.server.run;

/** What a run does. */
public enum RunAction {
    SYNC,
    /** Shows what a sync would do; writes nothing to either side. */
    PLAN,
    VALIDATE
}

package dev.replicator.server.run;

import java.util.Locale;

/** What a run does. */
public enum RunAction {
    SYNC,
    /** Shows what a sync would do and writes it down; writes nothing to either side. */
    PLAN,
    VALIDATE,
    /** Looks at what others changed in the destination since the last run. */
    DRIFT,
    /** Carries out a plan that was written down and approved. */
    APPLY;

    /** {@code sync}, {@code plan}, … */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it writes to the destination, under the job's lease, unless it is a dry run. */
    public boolean writes() {
        return this == SYNC || this == APPLY;
    }
}

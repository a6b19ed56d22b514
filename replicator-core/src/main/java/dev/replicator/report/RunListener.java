package dev.replicator.report;

import dev.replicator.diff.Change;
import dev.replicator.execute.ActionResult;
import dev.replicator.plan.Action;
import dev.replicator.store.MetadataLoss;

/**
 * Hears a run as it goes; logs, progress bars and metrics are listeners. Called from several threads, one event at a
 * time per action; must be quick and must not throw. Every method has an empty default.
 */
public interface RunListener {
    RunListener SILENT = new RunListener() {};

    /** Whether {@link #unchanged} shall be called: it costs an object per unchanged pair. */
    default boolean wantsUnchanged() {
        return false;
    }

    default void started(RunHeader header) {}

    /** So many more keys were listed on that side. */
    default void listed(Change.Side side, long keys) {}

    /** An action was decided; it may wait for a worker or, a delete, at the gate. */
    default void planned(Action action) {}

    /** An object was changed in the destination behind our back; what becomes of it is told as for any other. */
    default void drifted(Change.Drifted drifted, int pair) {}

    default void unchanged(Change.Same same, int pair) {}

    default void finished(ActionResult result) {}

    /** The destination does not hold, or under a strict job would not hold, that of an object's metadata. */
    default void metadataLost(Action action, MetadataLoss loss) {}

    default void gate(GateReport verdict) {}

    /** Something worth a line: a fallback, a retry storm, an assumption. */
    default void warning(String message) {}

    default void ended(RunReport report) {}
}

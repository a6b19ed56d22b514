package dev.replicator;

import dev.replicator.diff.Change;
import dev.replicator.job.ReplicationJob;
import dev.replicator.plan.PlanSink;
import dev.replicator.plan.WrittenPlan;
import dev.replicator.report.FindingSink;
import dev.replicator.report.RunReport;
import dev.replicator.report.SideCount;
import dev.replicator.report.ValidationReport;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.Stores;

/**
 * The one object behind every front door: plans, runs, applies and validates jobs. Immutable and thread-safe; each call
 * opens and closes its own stores. Failures of objects or of a whole run are in the report; exceptions are for wrong
 * arguments ({@link IllegalArgumentException}) only.
 */
public final class Replicator {

    /** With the providers found on the class path and the system's clock. */
    public static Replicator create() {
        return create(Stores.onClassPath());
    }

    public static Replicator create(Stores stores) {
        throw new UnsupportedOperationException();
    }

    /**
     * Lists, compares and decides; sends no request that changes anything. The report's counts are what a run would do.
     */
    public RunReport plan(ReplicationJob job, PlanSink sink, RunOptions options) {
        throw new UnsupportedOperationException();
    }

    /** Plans and carries out in one stream: the first copies start after the first pages. Deletes come last. */
    public RunReport run(ReplicationJob job, RunOptions options) {
        throw new UnsupportedOperationException();
    }

    /**
     * Carries out exactly the actions of a verified plan file; what changed since is refused action by action as stale.
     *
     * @param job the job the plan was made of: its stores and limits are used
     */
    public RunReport apply(WrittenPlan plan, ReplicationJob job, RunOptions options) {
        throw new UnsupportedOperationException();
    }

    /** Compares and tells the differences; changes nothing. */
    public ValidationReport validate(ReplicationJob job, FindingSink sink, RunOptions options) {
        throw new UnsupportedOperationException();
    }

    /** Counts one side's objects in the job's scope, by listing. */
    public SideCount count(ReplicationJob job, Change.Side side) {
        throw new UnsupportedOperationException();
    }

    /**
     * The job's control prefix as a store of its own (keys such as {@code marker.json}), with retries; the caller
     * closes it.
     */
    public ObjectStore openControl(ReplicationJob job) {
        throw new UnsupportedOperationException();
    }
}

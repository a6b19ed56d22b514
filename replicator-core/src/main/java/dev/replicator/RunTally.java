package dev.replicator;

import dev.replicator.diff.Change;
import dev.replicator.diff.Drift;
import dev.replicator.execute.ActionResult;
import dev.replicator.execute.Problem;
import dev.replicator.job.ReplicationJob;
import dev.replicator.plan.Action;
import dev.replicator.report.Counts;
import dev.replicator.report.Estimate;
import dev.replicator.report.GateReport;
import dev.replicator.report.RunFold;
import dev.replicator.report.RunHeader;
import dev.replicator.report.RunListener;
import dev.replicator.report.RunReport;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Keeps count of what one run finds and does, tells the listener, and makes the report of it. Results and warnings may come
 * from any thread; changes come from the one that compares.
 */
final class RunTally {
    private final String runId;
    private final ReplicationJob job;
    private final JobStores stores;
    private final RunListener listener;
    private final Clock clock;
    private final Instant startedAt;
    private final RunFold fold;
    private final ConcurrentLinkedQueue<String> warnings = new ConcurrentLinkedQueue<>();
    private long kept;

    RunTally(String runId, ReplicationJob job, JobStores stores, RunListener listener, Clock clock) {
        this.runId = runId;
        this.job = job;
        this.stores = stores;
        this.listener = listener;
        this.clock = clock;
        startedAt = clock.instant();
        fold = new RunFold(job.paths());
    }

    Instant startedAt() {
        return startedAt;
    }

    void started(boolean dryRun) {
        listener.started(new RunHeader(runId, job, dryRun));
    }

    void warn(String message) {
        warnings.add(message);
        listener.warning(message);
    }

    void count(ActionResult result) {
        fold.add(result);
    }

    void tell(ActionResult result) {
        listener.finished(result);
        result.losses().forEach(loss -> listener.metadataLost(result.action(), loss));
    }

    void drifted(Change change, int pair) {
        if (change instanceof Change.Drifted drifted && drifted.kind() != Drift.ADDED) {
            fold.addDrifted();
            listener.drifted(drifted, pair);
        }
    }

    /** @param action what becomes of the change; empty when the destination stays as it is */
    void decided(Change change, int pair, Optional<Action> action) {
        kept += action.filter(Action.Keep.class::isInstance).isPresent() ? 1 : 0;
        if (action.isEmpty() && !(change.compared() instanceof Change.Removed)) {
            fold.addUnchanged(1);
            if (change.compared() instanceof Change.Same same) {
                listener.unchanged(same, pair);
            }
        }
    }

    /** What the scan found equal and did not tell one by one. */
    void unchanged(long objects) {
        fold.addUnchanged(objects);
    }

    Counts counts() {
        return fold.counts();
    }

    /**
     * Tells the listener too.
     *
     * @param stopped what ended or refused the run, beside what became of its objects
     * @param proven whether every listing was proven to its end
     * @param estimate of a dry run
     */
    RunReport ended(Optional<Problem> stopped, GateReport gate, boolean proven, Optional<Estimate> estimate) {
        Optional<Problem> problem = stopped.or(() -> estimate.isPresent() ? Optional.empty() : Outcomes.denied(fold));
        warnInTheEnd(problem, proven);
        RunReport report = new RunReport(
                runId,
                job.name(),
                job.source().uri().toString(),
                job.destination().uri().toString(),
                startedAt,
                Duration.between(startedAt, clock.instant()),
                Outcomes.of(fold, problem, gate, proven, estimate.isPresent()),
                fold.counts(),
                stores.meter().snapshot(),
                gate,
                fold.failures(),
                fold.failuresTruncated(),
                fold.skips(),
                List.copyOf(warnings),
                problem,
                fold.fidelity(),
                estimate.filter(any -> problem.isEmpty()));
        listener.ended(report);
        return report;
    }

    private void warnInTheEnd(Optional<Problem> problem, boolean proven) {
        if (problem.isEmpty() && !proven) {
            warn("a listing did not show every key; see the skipped and unreadable entries");
        }
        if (kept > 0) {
            warn("on-drift: keep leaves " + kept + " as others left them, whatever the source does; drift names them."
                    + " Take what they have into the source, or give it up with --on-drift overwrite");
        }
        long unguarded = fold.counts().unguarded();
        if (unguarded > 0) {
            warn(unguarded + (unguarded == 1 ? " write was" : " writes were") + " unguarded: "
                    + stores.destination().bucket()
                    + " is not known to check preconditions itself, so what somebody else wrote in the moment before is"
                    + " overwritten. If the server does check them, say so in the store's capabilities"
                    + " (docs/configuration.md)");
        }
    }
}

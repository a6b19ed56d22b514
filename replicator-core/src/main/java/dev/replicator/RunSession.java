package dev.replicator;

import dev.replicator.baseline.BaselineRun;
import dev.replicator.diff.Change;
import dev.replicator.diff.Differ;
import dev.replicator.diff.Drift;
import dev.replicator.diff.Scrutiny;
import dev.replicator.execute.ActionForecast;
import dev.replicator.execute.ActionResult;
import dev.replicator.execute.ActionRunner;
import dev.replicator.execute.Cancellation;
import dev.replicator.execute.DeleteGate;
import dev.replicator.execute.Executor;
import dev.replicator.execute.Problem;
import dev.replicator.job.ReplicationJob;
import dev.replicator.plan.Action;
import dev.replicator.plan.PlanSink;
import dev.replicator.plan.Planner;
import dev.replicator.plan.WrittenPlan;
import dev.replicator.report.Estimate;
import dev.replicator.report.EstimateFold;
import dev.replicator.report.GateReport;
import dev.replicator.report.RunFold;
import dev.replicator.report.RunHeader;
import dev.replicator.report.RunListener;
import dev.replicator.report.RunReport;
import dev.replicator.store.ListRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** One run, from the first listing to the report. Made for one use. */
final class RunSession {
    private final String runId;
    private final ReplicationJob job;
    private final JobStores stores;
    private final RunOptions options;
    private final RunListener listener;
    private final Cancellation cancellation;
    private final Clock clock;
    private final Instant startedAt;
    private final RunFold fold;
    private final AtomicLong operations = new AtomicLong();
    private final ConcurrentLinkedQueue<String> warnings = new ConcurrentLinkedQueue<>();
    private volatile JobBaseline baseline = JobBaseline.NONE;
    private boolean abandoned;
    private long kept;

    RunSession(String runId, ReplicationJob job, JobStores stores, RunOptions options, Clock clock) {
        this.runId = runId;
        this.job = job;
        this.stores = stores;
        this.options = options;
        this.clock = clock;
        listener = options.listener();
        cancellation = options.cancellation();
        startedAt = clock.instant();
        fold = new RunFold(job.paths());
    }

    /** Decides everything, does nothing. */
    RunReport plan(PlanSink sink) {
        listener.started(new RunHeader(runId, job, true));
        EstimateFold toCome = new EstimateFold(
                job,
                stores.pairs(),
                stores.concurrency(),
                AliasCheck.foretold(job, stores.source(), stores.destination()));
        try (JobBaseline last = JobBaseline.writing(job, stores, this::warn);
                DeleteGate gate = new DeleteGate(job.delete())) {
            baseline = last;
            Scan scan = scan(
                    action -> {
                        listener.planned(action);
                        if (action instanceof Action.Delete delete) {
                            gate.hold(delete);
                        } else {
                            sink.accept(action);
                            toCome.add(action);
                            last.foretold(action, startedAt);
                            fold.add(Results.intended(action));
                        }
                    },
                    () -> {});
            GateReport verdict = passage().judged(gate.judge(scan.facts(0)));
            boolean open = verdict.verdict() == GateReport.Verdict.OPEN;
            gate.forEach(delete -> {
                sink.accept(delete);
                if (open) {
                    toCome.add(delete);
                    last.foretold(delete, startedAt);
                }
                fold.add(Results.intended(delete));
            });
            toCome.add(last.foretell(startedAt, coverageOf(scan)));
            return ended(scan.problem(), verdict, scan.proven(), Optional.of(toCome.estimate()));
        }
    }

    /** Plans and carries out in one stream. */
    RunReport run() {
        listener.started(new RunHeader(runId, job, false));
        new Preparation(runId, job, stores, options, clock, this::warn).prepare();
        try (JobBaseline opened = openedBaseline();
                DeleteGate gate = new DeleteGate(job.delete());
                Executor executor = executor(plan(opened))) {
            AnnouncedActions actions = announced(opened, executor);
            Scan scan = scan(action -> carryOut(action, gate, actions), actions::submitLate);
            drained(actions);
            GateReport verdict =
                    passed(gate, gate.judge(scan.facts(fold.counts().failed())), actions);
            commit(coverageOf(scan));
            return ended(scan.problem(), verdict, scan.proven(), Optional.empty());
        }
    }

    /** At once, unless it is a delete: these wait. */
    private void carryOut(Action action, DeleteGate gate, AnnouncedActions actions) {
        listener.planned(action);
        if (action instanceof Action.Delete delete) {
            gate.hold(delete);
        } else {
            actions.submit(action);
        }
    }

    private GateReport passed(DeleteGate gate, DeleteGate.Verdict verdict, AnnouncedActions actions) {
        return passage().passed(gate, verdict, () -> {
            gate.forEach(actions::submit);
            drained(actions);
        });
    }

    private GatePassage passage() {
        return new GatePassage(job, options, this::finished);
    }

    private AnnouncedActions announced(JobBaseline opened, Executor executor) {
        baseline = opened;
        if (opened.announces()) {
            opened.announcing(runId);
        }
        return new AnnouncedActions(executor, opened, options, clock, this::warn);
    }

    /** Carries out a written plan, action by action. */
    RunReport apply(WrittenPlan plan) {
        listener.started(new RunHeader(runId, job, false));
        new Preparation(runId, job, stores, options, clock, this::warn).prepare();
        try (JobBaseline opened = openedBaseline();
                DeleteGate gate = new DeleteGate(job.delete());
                Executor executor = executor(ActionRunner.Plan.WRITTEN)) {
            AnnouncedActions actions = announced(opened, executor);
            plan.forEach(action -> carryOut(action, gate, actions));
            drained(actions);
            String reasonThen = plan.totals().gateOpen()
                    ? ""
                    : plan.totals().gateReason().isEmpty()
                            ? "it was closed"
                            : plan.totals().gateReason();
            DeleteGate.Verdict judged =
                    gate.judgeWritten(reasonThen, fold.counts().failed());
            GateReport verdict = passed(gate, judged, actions);
            commit(BaselineRun.Coverage.PART);
            return ended(Optional.empty(), verdict, true, Optional.empty());
        }
    }

    private JobBaseline openedBaseline() {
        return cancellation.isStopped() ? JobBaseline.NONE : JobBaseline.writing(job, stores, this::warn);
    }

    private BaselineRun.Coverage coverageOf(Scan scan) {
        if (!scan.proven()) {
            return BaselineRun.Coverage.PART;
        }
        return options.reach() == RunOptions.Reach.JOB ? BaselineRun.Coverage.JOB : BaselineRun.Coverage.PATHS;
    }

    /** Leaves what this run knows to the next one, unless this run may no longer write. */
    private void commit(BaselineRun.Coverage coverage) {
        boolean forbidden = cancellation
                .reason()
                .filter(problem -> problem.kind() == Problem.Kind.LOCKED || problem.kind() == Problem.Kind.REFUSED)
                .isPresent();
        if (!forbidden) {
            boolean known = !abandoned && fold.counts().failed() == 0;
            baseline.commit(
                    runId,
                    clock.instant(),
                    coverage,
                    known ? BaselineRun.Certainty.KNOWN : BaselineRun.Certainty.UNKNOWN);
        }
    }

    /** What was written down before it is done is done as written, or left to the next run. */
    private static ActionRunner.Plan plan(JobBaseline opened) {
        return opened.announces() ? ActionRunner.Plan.ANNOUNCED : ActionRunner.Plan.FRESH;
    }

    private Executor executor(ActionRunner.Plan plan) {
        ActionRunner runner = new ActionRunner(
                job,
                stores.pairs(),
                plan,
                new ActionRunner.Surroundings(
                        () -> runId + "-" + operations.incrementAndGet(),
                        options.guard(),
                        cancellation,
                        options.uploads(),
                        clock,
                        this::warn));
        return new Executor(runner, stores.concurrency(), cancellation, this::finished);
    }

    private void warn(String message) {
        warnings.add(message);
        listener.warning(message);
    }

    private void finished(ActionResult result) {
        fold.add(result);
        baseline.finished(result);
        listener.finished(result);
        result.losses().forEach(loss -> listener.metadataLost(result.action(), loss));
    }

    private void drained(AnnouncedActions actions) {
        if (!actions.drain()) {
            abandoned = true;
            warn("objects in flight did not end in time and were given up");
        }
    }

    /** @param meanwhile done now and then while keys are listed */
    private Scan scan(PlanSink actions, Runnable meanwhile) {
        Scan scan = new Scan(
                job,
                stores,
                sourceKeys(),
                listener.wantsUnchanged() ? Differ.Detail.EVERYTHING : Differ.Detail.DIFFERENCES,
                Scrutiny.TRUSTING,
                Scan.Doubts.ASKED,
                baseline::pair,
                startedAt,
                listener,
                meanwhile,
                cancellation);
        List<Planner> planners = Planners.of(job, stores);
        scan.run((change, pair) -> {
            if (change instanceof Change.Drifted drifted && drifted.kind() != Drift.ADDED) {
                fold.addDrifted();
                listener.drifted(drifted, pair);
            }
            if (change instanceof Change.MetadataUnknown unknown) {
                finished(Results.unasked(unknown, pair));
                return;
            }
            Optional<Action> action = planners.get(pair).actionFor(change);
            action.ifPresent(actions::accept);
            kept += action.filter(Action.Keep.class::isInstance).isPresent() ? 1 : 0;
            if (action.isEmpty() && !(change.compared() instanceof Change.Removed)) {
                fold.addUnchanged(1);
                if (change.compared() instanceof Change.Same same) {
                    listener.unchanged(same, pair);
                }
            }
        });
        fold.addUnchanged(scan.same());
        scan.emptySources().forEach(place -> warn(Scan.nothingUnder(place, job)));
        return scan;
    }

    /** What comes through this process takes its metadata along; what a store copies by itself needs none shown. */
    private ListRequest sourceKeys() {
        ListRequest keys = ListRequest.everything();
        return new ActionForecast(job, stores.pairs()).copiesByStore() ? keys : keys.withMetadata();
    }

    /** @param estimate of a dry run */
    private RunReport ended(
            Optional<Problem> scanProblem, GateReport gate, boolean proven, Optional<Estimate> estimate) {
        Optional<Problem> problem = cancellation
                .reason()
                .or(() -> scanProblem)
                .or(() -> estimate.isPresent() ? Optional.empty() : Outcomes.denied(fold));
        if (problem.isEmpty() && !proven) {
            warn("a listing did not show every key; see the skipped and unreadable entries");
        }
        if (kept > 0) {
            warn("on-drift: keep leaves " + kept + " as others left them, whatever the source does; drift names them."
                    + " Take what they have into the source, or give it up with --on-drift overwrite");
        }
        if (fold.counts().unguarded() > 0) {
            long unguarded = fold.counts().unguarded();
            warn(unguarded + (unguarded == 1 ? " write was" : " writes were") + " unguarded: "
                    + stores.destination().bucket()
                    + " is not known to check preconditions itself, so what somebody else wrote in the moment before is"
                    + " overwritten. If the server does check them, say so in the store's capabilities"
                    + " (docs/configuration.md)");
        }
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
                List.copyOf(warnings),
                problem,
                fold.fidelity(),
                estimate.filter(any -> problem.isEmpty()));
        listener.ended(report);
        return report;
    }
}

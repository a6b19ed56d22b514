package dev.replicator;

import dev.replicator.baseline.BaselineRun;
import dev.replicator.diff.Change;
import dev.replicator.diff.Differ;
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
import dev.replicator.report.RunListener;
import dev.replicator.report.RunReport;
import dev.replicator.store.ListRequest;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
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
    private final RunTally tally;
    private final ActionForecast forecast;
    private final AtomicLong operations = new AtomicLong();
    private volatile JobBaseline baseline = JobBaseline.NONE;
    private boolean abandoned;

    RunSession(String runId, ReplicationJob job, JobStores stores, RunOptions options, Clock clock) {
        this.runId = runId;
        this.job = job;
        this.stores = stores;
        this.options = options;
        this.clock = clock;
        listener = options.listener();
        cancellation = options.cancellation();
        forecast = new ActionForecast(job, stores.pairs());
        tally = new RunTally(runId, job, stores, listener, clock);
    }

    /** Decides everything, does nothing. */
    RunReport plan(PlanSink sink) {
        tally.started(true);
        EstimateFold toCome = new EstimateFold(
                job,
                stores.pairs(),
                stores.concurrency(),
                AliasCheck.foretold(job, stores.source(), stores.destination()));
        try (JobBaseline last = JobBaseline.writing(job, stores, options.reach(), tally::warn);
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
                            last.foretold(action, tally.startedAt());
                            tally.count(Results.intended(action, forecast));
                        }
                    },
                    () -> {});
            GateReport verdict = passage().judged(gate.judge(scan.facts(0)));
            boolean open = verdict.verdict() == GateReport.Verdict.OPEN;
            gate.forEach(delete -> {
                sink.accept(delete);
                if (open) {
                    toCome.add(delete);
                    last.foretold(delete, tally.startedAt());
                }
                tally.count(Results.intended(delete, forecast));
            });
            toCome.add(last.foretell(tally.startedAt(), coverageOf(scan)));
            return ended(scan.problem(), verdict, scan.proven(), Optional.of(toCome.estimate()));
        }
    }

    /** Plans and carries out in one stream. */
    RunReport run() {
        tally.started(false);
        new Preparation(runId, job, stores, options, clock, tally::warn).prepare();
        try (JobBaseline opened = openedBaseline();
                DeleteGate gate = new DeleteGate(job.delete());
                Executor executor = executor(plan(opened))) {
            AnnouncedActions actions = announced(opened, executor);
            Scan scan = scan(action -> carryOut(action, gate, actions), actions::submitLate);
            drained(actions);
            GateReport verdict =
                    passed(gate, gate.judge(scan.facts(tally.counts().failed())), actions);
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
        return new AnnouncedActions(executor, opened, options, clock, tally::warn);
    }

    /** Carries out a written plan, action by action. */
    RunReport apply(WrittenPlan plan) {
        tally.started(false);
        new Preparation(runId, job, stores, options, clock, tally::warn).prepare();
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
                    gate.judgeWritten(reasonThen, tally.counts().failed());
            GateReport verdict = passed(gate, judged, actions);
            commit(BaselineRun.Coverage.PART);
            return ended(Optional.empty(), verdict, true, Optional.empty());
        }
    }

    private JobBaseline openedBaseline() {
        return cancellation.isStopped()
                ? JobBaseline.NONE
                : JobBaseline.writing(job, stores, options.reach(), tally::warn);
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
            boolean known = !abandoned && tally.counts().failed() == 0;
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
                        tally::warn));
        return new Executor(runner, stores.concurrency(), cancellation, this::finished);
    }

    private void finished(ActionResult result) {
        tally.count(result);
        baseline.finished(result);
        tally.tell(result);
    }

    private void drained(AnnouncedActions actions) {
        if (!actions.drain()) {
            abandoned = true;
            tally.warn("objects in flight did not end in time and were given up");
        }
    }

    /** @param meanwhile done now and then while keys are listed */
    private Scan scan(PlanSink actions, Runnable meanwhile) {
        Scan scan = new Scan(
                job,
                stores,
                sourceKeys(),
                listener.wantsUnchanged() ? Differ.Detail.EVERYTHING : Differ.Detail.DIFFERENCES,
                streams() ? Scrutiny.NOTING : Scrutiny.TRUSTING,
                Scan.Doubts.ASKED,
                baseline::pair,
                tally.startedAt(),
                listener,
                meanwhile,
                cancellation);
        List<Planner> planners = Planners.of(job, stores);
        scan.run((change, pair) -> {
            tally.drifted(change, pair);
            if (change instanceof Change.MetadataUnknown unknown) {
                finished(Results.unasked(unknown, pair));
                return;
            }
            Optional<Action> action = planners.get(pair).actionFor(change);
            action.ifPresent(actions::accept);
            tally.decided(change, pair, action);
        });
        tally.unchanged(scan.same());
        scan.emptySources().forEach(place -> tally.warn(Scan.nothingUnder(place, job)));
        return scan;
    }

    /** What comes through this process takes its metadata along; what a store copies by itself needs none shown. */
    private ListRequest sourceKeys() {
        ListRequest keys = ListRequest.everything();
        return streams() ? keys.withMetadata() : keys;
    }

    /** Whether bytes go through this process, so that what is written names the version that it was made from. */
    private boolean streams() {
        return !forecast.copiesByStore();
    }

    private RunReport ended(
            Optional<Problem> scanProblem, GateReport gate, boolean proven, Optional<Estimate> estimate) {
        return tally.ended(cancellation.reason().or(() -> scanProblem), gate, proven, estimate);
    }
}

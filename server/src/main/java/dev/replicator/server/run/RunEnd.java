package dev.replicator.server.run;

import dev.replicator.baseline.BaselineStatus;
import dev.replicator.execute.Problem;
import dev.replicator.report.DriftReport;
import dev.replicator.report.ReportJson;
import dev.replicator.report.RunReport;
import dev.replicator.report.ValidationReport;
import dev.replicator.server.plan.WrittenDown;
import java.util.Optional;

/** How a run ended. */
record RunEnd(RunState state, String message, Optional<String> report, RunTotals totals, Optional<WrittenDown> plan) {
    static RunEnd of(RunReport report) {
        String message = report.problem()
                .map(Problem::message)
                .orElseGet(() -> report.gate().reason());
        return new RunEnd(
                RunState.of(report.outcome()),
                message,
                Optional.of(ReportJson.of(report)),
                RunTotals.of(report),
                Optional.empty());
    }

    static RunEnd of(ValidationReport report) {
        RunState state = report.valid() ? RunState.SUCCEEDED : RunState.FINDINGS;
        return new RunEnd(
                report.problem().map(RunEnd::ofProblem).orElse(state),
                report.problem().map(Problem::message).orElse(""),
                Optional.of(ReportJson.of(report)),
                RunTotals.of(report),
                Optional.empty());
    }

    static RunEnd of(DriftReport report) {
        Optional<String> why = report.problem().map(Problem::message).or(() -> unknown(report.baseline()));
        return new RunEnd(
                report.problem().map(RunEnd::ofProblem).orElseGet(() -> stateOf(report)),
                why.orElse(""),
                Optional.of(ReportJson.of(report)),
                RunTotals.of(report),
                Optional.empty());
    }

    /** Without a baseline nothing was compared, so nothing is known to be well. */
    private static RunState stateOf(DriftReport report) {
        if (!(report.baseline() instanceof BaselineStatus.Usable)) {
            return RunState.FAILED;
        }
        return report.found() == 0 ? RunState.SUCCEEDED : RunState.FINDINGS;
    }

    private static Optional<String> unknown(BaselineStatus baseline) {
        if (baseline instanceof BaselineStatus.NoneYet) {
            return Optional.of(
                    "no run has left a baseline yet, so what others changed can't be told; run a sync first");
        }
        return baseline instanceof BaselineStatus.Unusable unusable
                ? Optional.of("the baseline can't be used, so what others changed can't be told: " + unusable.why())
                : Optional.empty();
    }

    private static RunState ofProblem(Problem problem) {
        return problem.kind() == Problem.Kind.CANCELLED ? RunState.CANCELLED : RunState.FAILED;
    }

    static RunEnd without(RunState state, String message) {
        return new RunEnd(state, message, Optional.empty(), RunTotals.NONE, Optional.empty());
    }

    /**
     * Whether nothing was done of a plan that was to be carried out, so that it can be tried again. A run that came to its
     * end has carried it out, however little that was.
     *
     * @param seen how far the run was known to be: all there is where the engine left no facts
     */
    boolean leftUndone(RunProgress seen) {
        boolean broken = state == RunState.FAILED
                || state == RunState.CANCELLED
                || state == RunState.REFUSED
                || state == RunState.LOCKED;
        return broken && (report.isPresent() ? !totals.hasChanges() : seen.finished() == 0);
    }

    RunEnd with(WrittenDown written) {
        return new RunEnd(state, message, report, totals, Optional.of(written));
    }

    /** The same, and that too is to be said. */
    RunEnd saying(String more) {
        return new RunEnd(state, message.isEmpty() ? more : message + "; " + more, report, totals, plan);
    }
}

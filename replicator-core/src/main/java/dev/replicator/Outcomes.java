package dev.replicator;

import dev.replicator.execute.Problem;
import dev.replicator.report.GateReport;
import dev.replicator.report.Outcome;
import dev.replicator.report.RunFold;
import java.util.Optional;

/**
 * How a run ended, first match decides:
 *
 * <table>
 * <caption>Outcomes</caption>
 * <tr><td>stopped by a signal or a person</td><td>CANCELLED</td></tr>
 * <tr><td>refused before it began</td><td>REFUSED</td></tr>
 * <tr><td>a listing failed, access was lost, nothing that was tried was permitted, a limit was met</td><td>FAILED</td></tr>
 * <tr><td>deletes waited and the gate stayed closed</td><td>REFUSED</td></tr>
 * <tr><td>a listing was incomplete; something failed, went stale, or was skipped and is now missing</td><td>PARTIAL</td></tr>
 * <tr><td>nothing was changed</td><td>NOTHING_TO_DO</td></tr>
 * <tr><td>else</td><td>SUCCEEDED</td></tr>
 * </table>
 */
final class Outcomes {
    private Outcomes() {}

    static Outcome of(RunFold fold, Optional<Problem> problem, GateReport gate, boolean proven, boolean dryRun) {
        if (problem.isPresent()) {
            return of(problem.get());
        }
        if (gate.verdict() == GateReport.Verdict.CLOSED) {
            return Outcome.REFUSED;
        }
        if (!proven || (dryRun ? fold.skipsLeaveIncomplete() : fold.leftIncomplete())) {
            return Outcome.PARTIAL;
        }
        return fold.counts().changed() == 0 ? Outcome.NOTHING_TO_DO : Outcome.SUCCEEDED;
    }

    /** Where permission was refused for everything that a run tried, access to the bucket is what is missing. */
    static Optional<Problem> denied(RunFold fold) {
        return fold.isDeniedThroughout()
                ? Optional.of(new Problem(
                        Problem.Kind.ACCESS,
                        "permission was refused for all that was tried ("
                                + fold.counts().failed() + "), the first: "
                                + fold.failures().get(0).message()))
                : Optional.empty();
    }

    private static Outcome of(Problem problem) {
        return switch (problem.kind()) {
            case CANCELLED -> Outcome.CANCELLED;
            case REFUSED -> Outcome.REFUSED;
            case ACCESS, FAILED, LOCKED, LIMIT -> Outcome.FAILED;
        };
    }
}

package dev.replicator.cli.session;

import dev.replicator.baseline.BaselineStatus;
import dev.replicator.cli.terminal.Sizes;
import dev.replicator.execute.Problem;
import dev.replicator.report.DriftReport;
import dev.replicator.report.GateReport;
import dev.replicator.report.RunReport;

/** What stderr says at the end of a run that did not go through: why, and what to do. */
public final class RunEnd {
    private RunEnd() {}

    public static void tellProblem(Session session, RunReport report) {
        report.problem().ifPresent(problem -> session.complain(problem.message()));
    }

    /** Of a look at drift: what went wrong, and what its baseline leaves open. */
    public static void tell(Session session, DriftReport report) {
        report.problem().ifPresent(problem -> session.complain(problem.message()));
        if (report.baseline() instanceof BaselineStatus.Unusable unusable) {
            session.complain("drift can't be told: the baseline can't be used: " + unusable.why()
                    + ". The job's next run writes a new one.");
        } else if (report.baseline() instanceof BaselineStatus.NoneYet
                && report.problem().isEmpty()) {
            session.warn("no baseline yet: the job's next run writes one");
        }
    }

    public static void tell(Session session, RunReport report) {
        tellProblem(session, report);
        GateReport gate = report.gate();
        if (gate.verdict() == GateReport.Verdict.CLOSED && gate.planned() > 0) {
            session.complain(Sizes.objects(gate.planned()) + " to delete were kept, the delete gate is closed: "
                    + gate.reason());
        }
        long left = report.counts().failed() + report.counts().stale();
        boolean repeatable = report.problem()
                .filter(problem -> problem.kind() == Problem.Kind.ACCESS)
                .isEmpty();
        if (left > 0 && repeatable) {
            session.complain(Sizes.objects(left)
                    + " failed or changed meanwhile. The same command again does only what is left.");
        }
    }
}

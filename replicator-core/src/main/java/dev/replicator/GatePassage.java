package dev.replicator;

import dev.replicator.execute.ActionResult;
import dev.replicator.execute.DeleteGate;
import dev.replicator.job.ReplicationJob;
import dev.replicator.report.GateReport;
import java.util.function.Consumer;

/**
 * What becomes of the deletes that wait at the gate.
 *
 * @param results told of each delete that is not sent
 */
record GatePassage(ReplicationJob job, RunOptions options, Consumer<ActionResult> results) {
    /** Sends the deletes that wait, and waits until they have ended. */
    @FunctionalInterface
    interface Deletes {
        void sendAll();
    }

    /** The verdict, told to the listener. */
    GateReport judged(DeleteGate.Verdict verdict) {
        GateReport report = verdict.planned() == 0 && !job.delete().deletes()
                ? GateReport.NOT_ASKED
                : new GateReport(
                        verdict.open() ? GateReport.Verdict.OPEN : GateReport.Verdict.CLOSED,
                        verdict.reason(),
                        verdict.planned(),
                        verdict.limit());
        options.listener().gate(report);
        return report;
    }

    /** Sends the deletes if the gate is open and consent is given. */
    GateReport passed(DeleteGate gate, DeleteGate.Verdict verdict, Deletes deletes) {
        GateReport report = judged(verdict);
        boolean opens = verdict.open() && !options.cancellation().isStopped();
        if (gate.waiting() == 0) {
            return report;
        }
        boolean consented = opens && options.consent().given(report);
        if (consented) {
            deletes.sendAll();
            return report;
        }
        gate.forEach(delete -> results.accept(new ActionResult.NotRun(delete, "the delete gate stayed closed")));
        return opens
                ? new GateReport(GateReport.Verdict.CLOSED, "consent was not given", report.planned(), report.limit())
                : report;
    }
}

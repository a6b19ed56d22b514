package dev.replicator;

import dev.replicator.execute.Cancellation;
import dev.replicator.execute.MutationGuard;
import dev.replicator.execute.UploadJournal;
import dev.replicator.report.GateReport;
import dev.replicator.report.RunListener;
import java.util.Optional;

/**
 * What a caller adds to a run.
 *
 * @param consent asked once at the open delete gate, before the first delete
 * @param guard called before every mutation; throws to stop the run (a lost lease)
 * @param cancellation stops the run: in-flight objects finish, the rest is not run
 * @param uploads remembers large uploads under way, so that the next run with the same journal can abort what a killed one
 *     left. {@link UploadJournal#NONE}, the default, remembers nothing: then nothing is swept, and unfinished uploads stay,
 *     and are billed, until a lifecycle rule of the bucket ends them. The command and the deploy hook bring a journal of
 *     their own: {@link dev.replicator.execute.FileUploadJournal} in a folder, or
 *     {@link dev.replicator.execute.StoreUploadJournal} among a named job's control objects
 * @param reach how much of what its configuration says the job given is about
 * @param runId the run's name in reports and logs, where the caller has one; unique. Absent: one is made
 */
public record RunOptions(
        RunListener listener,
        DeleteConsent consent,
        MutationGuard guard,
        Cancellation cancellation,
        UploadJournal uploads,
        Reach reach,
        Optional<String> runId) {
    /** How much of a job a run is about. */
    public enum Reach {
        /** All of its paths, under its own filter. */
        JOB,
        /**
         * Some of its paths, a narrower filter, or another comparison than its own: what stopped runs were about to do
         * elsewhere is left to others, and what another comparison finds equal is not noted as proven.
         */
        PART
    }

    /** Silent, consenting, unguarded, without a journal of uploads: leftovers of killed runs are not swept. */
    public static RunOptions defaults() {
        return new RunOptions(
                RunListener.SILENT,
                gate -> true,
                MutationGuard.NONE,
                new Cancellation(),
                UploadJournal.NONE,
                Reach.JOB,
                Optional.empty());
    }

    public RunOptions withListener(RunListener value) {
        return new RunOptions(value, consent, guard, cancellation, uploads, reach, runId);
    }

    public RunOptions withConsent(DeleteConsent value) {
        return new RunOptions(listener, value, guard, cancellation, uploads, reach, runId);
    }

    public RunOptions withGuard(MutationGuard value) {
        return new RunOptions(listener, consent, value, cancellation, uploads, reach, runId);
    }

    public RunOptions withCancellation(Cancellation value) {
        return new RunOptions(listener, consent, guard, value, uploads, reach, runId);
    }

    public RunOptions withUploads(UploadJournal value) {
        return new RunOptions(listener, consent, guard, cancellation, value, reach, runId);
    }

    public RunOptions withReach(Reach value) {
        return new RunOptions(listener, consent, guard, cancellation, uploads, value, runId);
    }

    public RunOptions withRunId(String value) {
        return new RunOptions(listener, consent, guard, cancellation, uploads, reach, Optional.of(value));
    }

    /** Says whether the deletes at the gate may be sent. */
    @FunctionalInterface
    public interface DeleteConsent {
        boolean given(GateReport gate);
    }
}

package dev.replicator.cli.command;

import dev.replicator.RunOptions;
import dev.replicator.RunOptions.DeleteConsent;
import dev.replicator.cli.exit.ExitCode;
import dev.replicator.cli.output.RunOutput;
import dev.replicator.execute.FileUploadJournal;
import dev.replicator.job.ReplicationJob;
import dev.replicator.report.RunReport;
import dev.replicator.store.BucketRef;
import dev.replicator.store.StoreSettings;
import java.io.IOException;
import java.util.Map;

/** Carries out a run that writes: with the job's lease where the job has a name, and its report kept. */
final class Runs {
    private final Session session;

    /** What the façade is asked to do. */
    @FunctionalInterface
    interface Work {
        RunReport on(ReplicationJob job, RunOptions options);
    }

    Runs(Session session) {
        this.session = session;
    }

    ExitCode carryOut(ReplicationJob job, RunOutput stdout, DeleteConsent consent, Work work) {
        RunReport report;
        try (RunListeners listeners = RunListeners.around(stdout.listener(), session, job, false)) {
            RunOptions options = RunOptions.defaults()
                    .withListener(listeners.listener())
                    .withConsent(consent)
                    .withCancellation(session.cancellation());
            report = remembered(job, options, work);
            ExitCode code = session.exitCodes().of(report);
            listeners.fileLog().ifPresent(log -> log.finish(report, code));
        }
        ExitCode code = session.exitCodes().of(report);
        stdout.finish(report, code);
        RunEnd.tell(session, report);
        return code;
    }

    private RunReport remembered(ReplicationJob job, RunOptions options, Work work) {
        StateDirectory state = new StateDirectory(session.environment());
        RunReport report = work.on(
                job, options.withUploads(new FileUploadJournal(state.path(), bucket(job.destination()))));
        try {
            state.keep(report);
        } catch (IOException e) {
            session.warn("the report can't be kept in " + state.path() + ": " + e.getMessage());
        }
        return report;
    }

    private BucketRef bucket(StoreSettings store) {
        Map<String, String> environment = session.environment();
        String endpoint = store.endpoint().orElseGet(() -> environment.getOrDefault(
                "AWS_ENDPOINT_URL_S3", environment.getOrDefault("AWS_ENDPOINT_URL", "")));
        return new BucketRef(store.uri().scheme(), endpoint, "", store.uri().bucket(), "");
    }
}

package dev.replicator.cli.command;

import dev.replicator.RunOptions;
import dev.replicator.RunOptions.DeleteConsent;
import dev.replicator.cli.exit.CliException;
import dev.replicator.cli.exit.ExitCode;
import dev.replicator.cli.output.RunOutput;
import dev.replicator.cli.session.RunEnd;
import dev.replicator.cli.session.RunListeners;
import dev.replicator.cli.session.Session;
import dev.replicator.cli.session.StateDirectory;
import dev.replicator.cli.terminal.Program;
import dev.replicator.execute.FileUploadJournal;
import dev.replicator.hook.LeasedRuns;
import dev.replicator.job.ReplicationJob;
import dev.replicator.report.RunReport;
import dev.replicator.store.BucketRef;
import dev.replicator.store.StoreSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

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

    /** @param losses where to list what the destination does not hold of metadata */
    ExitCode carryOut(ReplicationJob job, RunOutput stdout, DeleteConsent consent, Optional<Path> losses, Work work) {
        RunReport report;
        try (RunListeners listeners =
                RunListeners.around(stdout.listener(), session, false, losses.map(session::file))) {
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
        return job.name().isPresent() ? leased(job, options, work) : byHand(job, options, work);
    }

    private RunReport leased(ReplicationJob job, RunOptions options, Work work) {
        LeasedRuns runs = new LeasedRuns(session.replicator(), session.clock(), session.host());
        try {
            LeasedRuns.End end = runs.run(job, session.hookSettings(job.displayName()), options, work::on);
            if (end instanceof LeasedRuns.End.Ran ran) {
                return ran.report();
            }
            if (end instanceof LeasedRuns.End.Held held) {
                throw new CliException(
                        ExitCode.LOCKED,
                        "job " + job.displayName() + " is being run by " + held.holder()
                                + "; nothing was done. Try again when it has ended; '" + Program.name()
                                + " status' shows it.");
            }
            throw new CliException(ExitCode.REFUSED, ((LeasedRuns.End.Refused) end).why());
        } catch (InterruptedException e) {
            throw new CliException(
                    session.exitCodes().interruption(), "stopped while waiting for the lease of the job");
        }
    }

    private RunReport byHand(ReplicationJob job, RunOptions options, Work work) {
        StateDirectory state = new StateDirectory(session.environment());
        RunReport report =
                work.on(job, options.withUploads(new FileUploadJournal(state.path(), bucket(job.destination()))));
        try {
            state.keep(report);
        } catch (IOException e) {
            session.warn("the report can't be kept in " + state.path() + ": " + e.getMessage());
        }
        return report;
    }

    private BucketRef bucket(StoreSettings store) {
        Map<String, String> environment = session.environment();
        String endpoint = store.endpoint()
                .orElseGet(() -> environment.getOrDefault(
                        "AWS_ENDPOINT_URL_S3", environment.getOrDefault("AWS_ENDPOINT_URL", "")));
        return new BucketRef(store.uri().scheme(), endpoint, "", store.uri().bucket(), "");
    }
}

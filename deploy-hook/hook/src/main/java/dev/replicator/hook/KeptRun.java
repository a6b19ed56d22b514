package dev.replicator.hook;

import dev.replicator.RunOptions;
import dev.replicator.execute.StoreUploadJournal;
import dev.replicator.hook.control.RunHistory;
import dev.replicator.job.DeletePolicy;
import dev.replicator.job.ReplicationJob;
import dev.replicator.report.RunReport;
import dev.replicator.store.StoreException;
import java.util.Optional;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A run of the engine under a lease, whose report is kept beside the marker. */
record KeptRun(SafeControl control, LeasedWork work) {
    private static final Logger log = LoggerFactory.getLogger(KeptRun.class);

    /**
     * Runs, with the lease as the guard.
     *
     * @param options their guard, cancellation and upload journal are replaced
     * @param distrust why the job's memory can't be trusted: it is warned of, and then nothing is deleted
     */
    RunReport run(
            Optional<String> distrust, RunOptions options, BiFunction<ReplicationJob, RunOptions, RunReport> engine) {
        distrust.ifPresent(log::warn);
        ReplicationJob job = distrust.isPresent() ? control.job().withDelete(DeletePolicy.NEVER) : control.job();
        return engine.apply(
                job,
                options.withGuard(work.guard())
                        .withCancellation(work.cancellation())
                        .withUploads(new StoreUploadJournal(control.objects().store())));
    }

    /** Keeps the report, unless the lease was lost; what fails is no more than a warning. */
    void keep(RunReport report) {
        if (work.isLost()) {
            return;
        }
        try {
            new RunHistory(control.objects()).keep(report);
        } catch (StoreException e) {
            log.warn("could not keep the run's report: {}", e.getMessage());
        }
    }
}

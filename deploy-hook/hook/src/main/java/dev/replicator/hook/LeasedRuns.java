package dev.replicator.hook;

import dev.replicator.Replicator;
import dev.replicator.RunOptions;
import dev.replicator.hook.control.Applied;
import dev.replicator.hook.control.Document;
import dev.replicator.job.HookSettings;
import dev.replicator.job.ReplicationJob;
import dev.replicator.report.RunReport;
import dev.replicator.store.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a named job by hand with options of the caller's own, such as the command line's: under the job's lease, in any
 * environment, without touching marker and ledger; the report is kept beside them. Immutable and thread-safe.
 */
public final class LeasedRuns {
    private static final Duration NO_TIMEOUT = Duration.ofDays(365);
    private static final Logger log = LoggerFactory.getLogger(LeasedRuns.class);

    private final HookMachinery machinery;

    /** @param host this machine's name, for whoever finds the lease held */
    public LeasedRuns(Replicator replicator, Clock clock, String host) {
        machinery = HookMachinery.system(Engine.of(replicator), clock, host);
    }

    LeasedRuns(HookMachinery machinery) {
        this.machinery = machinery;
    }

    /** What is done under the lease. */
    @FunctionalInterface
    public interface Work {
        RunReport on(ReplicationJob job, RunOptions options);
    }

    /** How it went. */
    public sealed interface End {
        record Ran(RunReport report) implements End {}

        /** Another holds the lease. */
        record Held(String holder) implements End {}

        /** The job must not be run from here. */
        record Refused(String why) implements End {}
    }

    /**
     * Waits for the lease while a holder's lease may still expire, then does the work.
     *
     * @param options their guard is replaced by the lease
     * @throws StoreException when the control prefix can't be reached
     * @throws InterruptedException when cancelled or interrupted before it has the lease
     */
    public End run(ReplicationJob job, HookSettings settings, RunOptions options, Work work)
            throws InterruptedException {
        HookSettings patient = settings.withWaitLock(settings.leaseTtl()).withTimeout(NO_TIMEOUT);
        try (SafeControl control = new SafeControl(machinery, job)) {
            Document<Applied> marker = control.area().marker();
            if (marker instanceof Document.Newer<Applied>) {
                return new End.Refused(
                        "the job's marker was written by a newer version of Replicator: upgrade this one");
            }
            if (!control.holdsLeases()) {
                log.warn(
                        "{} can't hold a lease: make sure that nobody else runs job {} now",
                        job.destination().uri(),
                        job.displayName());
                try (LeasedWork alone = LeasedWork.unleased(
                        machinery, patient, job.retry(), options.cancellation().child())) {
                    return done(control, marker, options, alone, work);
                }
            }
            HookMachinery stoppable =
                    machinery.withTiming(new StoppableTiming(machinery.timing(), options.cancellation()));
            Contest contest = new Contest(
                    stoppable,
                    patient,
                    control.once(),
                    job.displayName(),
                    "a run from the command line",
                    options.listener()::warning);
            Contest.End<End> end = contest.wait(Optional::empty);
            if (end instanceof Contest.End.Won<End> won) {
                try (LeasedWork leased = new LeasedWork(
                        machinery,
                        patient,
                        job.retry(),
                        won.lease(),
                        options.cancellation().child())) {
                    return done(control, marker, options, leased, work);
                }
            }
            return new End.Held(contest.look().holder());
        }
    }

    private static End done(
            SafeControl control, Document<Applied> marker, RunOptions options, LeasedWork leased, Work work) {
        Optional<String> distrust = marker instanceof Document.Unreadable<Applied> torn
                ? Optional.of(torn.why() + "; this run copies but deletes nothing")
                : Optional.empty();
        KeptRun kept = new KeptRun(control, leased);
        RunReport report = kept.run(distrust, options, work::on);
        kept.keep(report);
        return new End.Ran(report);
    }
}

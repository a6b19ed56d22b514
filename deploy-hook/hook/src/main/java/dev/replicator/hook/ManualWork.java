package dev.replicator.hook;

import dev.replicator.RunOptions;
import dev.replicator.execute.Cancellation;
import dev.replicator.execute.Problem;
import dev.replicator.hook.control.Applied;
import dev.replicator.hook.control.Document;
import dev.replicator.hook.control.RunHistory;
import dev.replicator.job.DeletePolicy;
import dev.replicator.job.ReplicationJob;
import dev.replicator.report.Finding;
import dev.replicator.report.RunListener;
import dev.replicator.report.RunReport;
import dev.replicator.report.ValidationReport;
import dev.replicator.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What people ask for by hand, in any environment; a sync takes the job's lease, so that no two ever run together. */
final class ManualWork {
    private static final Logger log = LoggerFactory.getLogger(ManualWork.class);

    private final HookMachinery machinery;
    private final HookTarget.Found target;
    private final HookOptions options;
    private final RunListener listener;

    ManualWork(HookMachinery machinery, HookTarget.Found target, HookOptions options, RunListener listener) {
        this.machinery = machinery;
        this.target = target;
        this.options = options;
        this.listener = listener;
    }

    ManualSync sync(Cancellation cancellation) throws InterruptedException {
        try (SafeControl control = new SafeControl(machinery, target.job())) {
            Document<Applied> marker = control.area().marker();
            if (marker instanceof Document.Newer<Applied>) {
                return ManualSync.notRun(
                        "the job's marker was written by a newer version of Replicator: upgrade this one");
            }
            if (!control.holdsLeases()) {
                return options.singleReplica() ? alone(control, marker, cancellation) : unsafe();
            }
            Contest contest =
                    new Contest(machinery, target.settings(), control.objects(), "a sync that was asked for by hand");
            Contest.End<ManualSync> end = contest.wait(Optional::empty);
            if (end instanceof Contest.End.Won<ManualSync> won) {
                try (LeasedWork work = new LeasedWork(machinery, target.settings(), won.lease(), cancellation)) {
                    return run(control, marker, work);
                }
            }
            return ManualSync.notRun(contest.look().holder() + " is running this job; try again later");
        }
    }

    private ManualSync alone(SafeControl control, Document<Applied> marker, Cancellation cancellation) {
        try (LeasedWork work = LeasedWork.unleased(machinery, target.settings(), cancellation)) {
            return run(control, marker, work);
        }
    }

    private ManualSync unsafe() {
        return ManualSync.notRun(target.job().destination().uri()
                + " can't keep two runs apart, and this is not said to be the only replica");
    }

    private ManualSync run(SafeControl control, Document<Applied> marker, LeasedWork work) {
        ReplicationJob job = marker instanceof Document.Unreadable<Applied>
                ? control.job().withDelete(DeletePolicy.NEVER)
                : control.job();
        RunReport report = machinery
                .engine()
                .run(
                        job,
                        RunOptions.defaults()
                                .withListener(listener)
                                .withGuard(work.guard())
                                .withCancellation(work.cancellation()));
        if (!work.isLost()) {
            keep(control, report);
        }
        return new ManualSync(report.outcome().isSuccess(), message(report), report.counts(), Optional.of(report));
    }

    private static String message(RunReport report) {
        String counts = "copied " + report.counts().copied() + ", overwrote "
                + report.counts().overwritten() + ", unchanged "
                + report.counts().unchanged() + ", failed " + report.counts().failed();
        return report.outcome()
                + report.problem()
                        .map(Problem::message)
                        .map(text -> ": " + text)
                        .orElse("") + ": " + counts;
    }

    private static void keep(SafeControl control, RunReport report) {
        try {
            new RunHistory(control.objects()).keep(report);
        } catch (StoreException e) {
            log.warn("could not keep the run's report: {}", e.getMessage());
        }
    }

    Validation validate() {
        List<String> missing = new ArrayList<>();
        List<String> mismatched = new ArrayList<>();
        ValidationReport report = machinery
                .engine()
                .validate(
                        target.job(),
                        finding -> {
                            if (finding.kind() == Finding.Kind.MISSING) {
                                collect(finding, missing);
                            } else if (finding.kind() == Finding.Kind.MISMATCHED) {
                                collect(finding, mismatched);
                            }
                        },
                        RunOptions.defaults().withListener(listener));
        String message = report.problem()
                .map(Problem::message)
                .orElseGet(() -> report.matched() + " matched, " + report.missing() + " missing, " + report.mismatched()
                        + " mismatched");
        boolean truncated = missing.size() < report.missing() || mismatched.size() < report.mismatched();
        return new Validation(report.valid(), message, missing, mismatched, truncated, Optional.of(report));
    }

    private void collect(Finding finding, List<String> keys) {
        if (keys.size() < Validation.MAX_KEYS) {
            keys.add(target.job().paths().get(finding.pair()).from().text()
                    + finding.entry().key().text());
        }
    }
}

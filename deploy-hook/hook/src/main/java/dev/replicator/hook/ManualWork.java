package dev.replicator.hook;

import dev.replicator.RunOptions;
import dev.replicator.execute.Problem;
import dev.replicator.report.Finding;
import dev.replicator.report.RunListener;
import dev.replicator.report.RunReport;
import dev.replicator.report.ValidationReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What people ask for by hand, in any environment; a sync takes the job's lease, so that no two ever run together. */
final class ManualWork {
    private final HookMachinery machinery;
    private final HookTarget.Found target;
    private final RunListener listener;

    ManualWork(HookMachinery machinery, HookTarget.Found target, RunListener listener) {
        this.machinery = machinery;
        this.target = target;
        this.listener = listener;
    }

    ManualSync sync() throws InterruptedException {
        LeasedRuns.End end = new LeasedRuns(machinery)
                .run(
                        target.job(),
                        target.settings(),
                        RunOptions.defaults().withListener(listener),
                        machinery.engine()::run);
        if (end instanceof LeasedRuns.End.Ran ran) {
            RunReport report = ran.report();
            return new ManualSync(report.outcome().isSuccess(), message(report), report.counts(), Optional.of(report));
        }
        if (end instanceof LeasedRuns.End.Held held) {
            return ManualSync.notRun(held.holder() + " is running this job; try again later");
        }
        return ManualSync.notRun(((LeasedRuns.End.Refused) end).why());
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
                        + " mismatched" + Passes.notCompared(report));
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

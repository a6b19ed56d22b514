package dev.replicator.hook;

import dev.replicator.RunOptions;
import dev.replicator.execute.Problem;
import dev.replicator.hook.control.Applied;
import dev.replicator.hook.control.ControlArea;
import dev.replicator.hook.control.Deferral;
import dev.replicator.hook.control.Document;
import dev.replicator.hook.control.FailedAttempt;
import dev.replicator.job.HookSettings;
import dev.replicator.report.Outcome;
import dev.replicator.report.RunListener;
import dev.replicator.report.RunReport;
import dev.replicator.store.StoreException;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A run of the engine and what is written down of it: ledger, then marker, or the failed attempt. */
final class RecordedRun {
    private static final int MAX_MESSAGE = 500;
    private static final Logger log = LoggerFactory.getLogger(RecordedRun.class);

    private final HookMachinery machinery;
    private final SafeControl control;
    private final HookSettings settings;
    private final String deployment;
    private final long number;
    private final RunListener listener;

    RecordedRun(
            HookMachinery machinery,
            SafeControl control,
            HookSettings settings,
            String deployment,
            long number,
            RunListener listener) {
        this.machinery = machinery;
        this.control = control;
        this.settings = settings;
        this.deployment = deployment;
        this.number = number;
        this.listener = listener;
    }

    /** Empty when the lease was lost on the way: then nothing more was written. */
    Optional<HookResult> run(Decision.Memory memory, Optional<String> distrust, LeasedWork work) {
        Instant began = control.now();
        KeptRun kept = new KeptRun(control, work);
        RunReport report = kept.run(distrust, RunOptions.defaults().withListener(listener), machinery.engine()::run);
        boolean interrupted = Thread.interrupted();
        try {
            if (work.isLost()) {
                return Optional.empty();
            }
            Optional<HookResult> result =
                    report.outcome().isSuccess() ? applied(report, memory, began, work) : failed(report, memory, work);
            kept.keep(report);
            return result;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Optional<HookResult> applied(RunReport report, Decision.Memory memory, Instant began, LeasedWork work) {
        ControlArea area = new ControlArea(control.once());
        Applied applied = new Applied(
                deployment, report.runId(), number, report.outcome(), report.counts(), control.now(), machinery.host());
        return work.guarded(() -> {
                    area.enter(applied);
                    return applied;
                })
                .flatMap(entered -> work.guarded(() -> {
                    area.mark(entered, memory.marker());
                    return synced(report);
                }))
                .map(result -> {
                    tidy(memory, began);
                    return result;
                });
    }

    private HookResult synced(RunReport report) {
        String message = report.outcome() == Outcome.NOTHING_TO_DO
                ? "nothing to copy: the destination is up to date"
                : "copied " + report.counts().copied() + ", overwrote "
                        + report.counts().overwritten() + ", deleted "
                        + report.counts().deleted();
        return result(HookResult.Kind.SYNCED, message, report);
    }

    /**
     * What waited or had failed before this success is over, whichever deployment's it was: none of them may run after a
     * newer one. What was deferred while this run was under way is newer, and stays. Not worth a failure.
     */
    private void tidy(Decision.Memory memory, Instant began) {
        ControlArea area = control.area();
        try {
            if (memory.attempt().exists() && !(memory.attempt() instanceof Document.Newer<FailedAttempt>)) {
                area.forgetAttempt();
            }
            if (area.deferral().valid().filter(found -> isOver(found, began)).isPresent()) {
                area.forgetDeferral();
            }
        } catch (StoreException e) {
            log.warn("could not remove what earlier attempts wrote: {}", e.getMessage());
        }
    }

    private boolean isOver(Deferral deferral, Instant began) {
        return deferral.deployment().equals(deployment)
                || !deferral.deferredAt().isAfter(began);
    }

    private Optional<HookResult> failed(RunReport report, Decision.Memory memory, LeasedWork work) {
        HookResult.Kind kind = switch (report.outcome()) {
            case PARTIAL -> HookResult.Kind.PARTIAL;
            case REFUSED -> HookResult.Kind.REFUSED;
            default -> HookResult.Kind.FAILED;
        };
        HookResult result = result(kind, reason(report), report);
        if (isCancelled(report)) {
            return Optional.of(result);
        }
        return work.guarded(() -> {
            Instant next = remember(report, kind, memory);
            return result.withNextAttempt(next);
        });
    }

    /** Stopped from outside, so no fault of the deployment's: its next start may try at once. */
    private static boolean isCancelled(RunReport report) {
        return report.problem()
                .filter(problem -> problem.kind() == Problem.Kind.CANCELLED)
                .isPresent();
    }

    private Instant remember(RunReport report, HookResult.Kind kind, Decision.Memory memory) {
        int before = memory.attempt()
                .valid()
                .filter(attempt -> attempt.deployment().equals(deployment))
                .map(FailedAttempt::tries)
                .orElse(0);
        Instant now = control.now();
        Instant next = now.plus(FailedAttempt.pause(before + 1, settings.minInterval()));
        String reason = reason(report);
        new ControlArea(control.once())
                .remember(new FailedAttempt(
                        deployment,
                        report.runId(),
                        kind.name(),
                        reason.length() > MAX_MESSAGE ? reason.substring(0, MAX_MESSAGE) : reason,
                        before + 1,
                        now,
                        next));
        return next;
    }

    private static String reason(RunReport report) {
        return report.problem()
                .map(Problem::message)
                .orElseGet(() -> report.gate().reason().isEmpty()
                        ? report.counts().failed() + " failed, "
                                + report.counts().stale() + " stale, "
                                + report.counts().skipped() + " skipped"
                        : report.gate().reason());
    }

    private HookResult result(HookResult.Kind kind, String message, RunReport report) {
        return HookResult.of(kind, message).withDeployment(deployment).withReport(report);
    }
}

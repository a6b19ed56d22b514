package dev.replicator.hook;

import dev.replicator.RunOptions;
import dev.replicator.execute.Cancellation;
import dev.replicator.execute.Problem;
import dev.replicator.hook.detect.DetectedDeployment;
import dev.replicator.hook.detect.DetectedEnvironment;
import dev.replicator.hook.lease.Ticker;
import dev.replicator.hook.lease.Timing;
import dev.replicator.job.HookSettings.Mode;
import dev.replicator.report.FindingSink;
import dev.replicator.report.RunListener;
import dev.replicator.report.ValidationReport;
import dev.replicator.store.StoreException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes of a hook: the first rows of the table, and every failure as a result. Immutable and thread-safe. */
final class Passes {
    private static final Logger log = LoggerFactory.getLogger(DeployHook.class);

    private final HookMachinery machinery;
    private final Situation situation;
    private final HookOptions options;
    private final RunListener listener;

    Passes(HookMachinery machinery, Situation situation, HookOptions options, RunListener listener) {
        this.machinery = machinery;
        this.situation = situation;
        this.options = options;
        this.listener = listener;
    }

    /** Decides whether there is anything to do here, and does it; never throws. */
    HookResult pass(Timing timing, Cancellation cancellation) {
        DetectedEnvironment environment = situation.environment();
        Optional<String> inactive = situation.inactive();
        if (inactive.isPresent()) {
            return HookResult.of(HookResult.Kind.INACTIVE, inactive.get());
        }
        if (!(situation.target() instanceof HookTarget.Found found)) {
            return HookResult.of(HookResult.Kind.NOT_CONFIGURED, ((HookTarget.Missing) situation.target()).why());
        }
        log.info(
                "deploy hook of job {}: environment {} ({}), source {}, destination {}",
                found.job().displayName(),
                environment.name(),
                environment.reason(),
                found.job().source().uri(),
                found.job().destination().uri());
        if (found.settings().mode() == Mode.VALIDATE_ONLY) {
            return validated(found, cancellation.child());
        }
        DetectedDeployment deployment = situation.deployment();
        if (deployment.id().isEmpty()) {
            return HookResult.of(HookResult.Kind.NOT_CONFIGURED, deployment.reason());
        }
        return applied(found, deployment.id().get(), timing, cancellation);
    }

    /** One pass for that deployment, wherever this is; never throws. */
    HookResult applied(HookTarget.Found found, String deployment, Timing timing, Cancellation cancellation) {
        HookMachinery timed = machinery.withTiming(timing);
        try {
            return new HookPass(timed, found.job(), found.settings(), options, deployment, listener, cancellation)
                    .run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed(deployment, new Problem(Problem.Kind.CANCELLED, "interrupted while waiting"));
        } catch (StoreException e) {
            return failed(deployment, Problems.of(e));
        } catch (IllegalArgumentException e) {
            return HookResult.of(HookResult.Kind.NOT_CONFIGURED, String.valueOf(e.getMessage()))
                    .withDeployment(deployment);
        } catch (RuntimeException | LinkageError e) {
            log.error("the hook failed", e);
            return failed(deployment, new Problem(Problem.Kind.FAILED, e.toString()));
        }
    }

    private HookResult validated(HookTarget.Found found, Cancellation cancellation) {
        RunOptions validating = RunOptions.defaults().withListener(listener).withCancellation(cancellation);
        try (Ticker.Ticking limit = LeasedWork.limit(machinery, found.settings(), cancellation)) {
            ValidationReport report = machinery.engine().validate(found.job(), FindingSink.NONE, validating);
            String counts = report.matched() + " matched, " + report.missing() + " missing, " + report.mismatched()
                    + " mismatched, " + report.extra() + " extra" + notCompared(report);
            String message = report.problem()
                    .map(problem -> problem.message() + "; so far " + counts)
                    .orElse(counts);
            return HookResult.of(HookResult.Kind.VALIDATED, message).withValidation(report);
        } catch (RuntimeException e) {
            log.error("the validation failed", e);
            return HookResult.of(HookResult.Kind.FAILED, String.valueOf(e.getMessage()))
                    .withProblem(Problems.of(e));
        }
    }

    /** What makes a validation without a difference no valid one; empty where there is nothing of the kind. */
    static String notCompared(ValidationReport report) {
        return report.notCompared() == 0 ? "" : ", " + report.notCompared() + " could not be compared";
    }

    private static HookResult failed(String deployment, Problem problem) {
        return HookResult.of(HookResult.Kind.FAILED, problem.message())
                .withDeployment(deployment)
                .withProblem(problem);
    }
}

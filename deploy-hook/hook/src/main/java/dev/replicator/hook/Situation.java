package dev.replicator.hook;

import dev.replicator.hook.detect.DeploymentIdDetection;
import dev.replicator.hook.detect.DetectedDeployment;
import dev.replicator.hook.detect.DetectedEnvironment;
import dev.replicator.hook.detect.EnvironmentDetection;
import dev.replicator.job.HookSettings.Mode;
import java.util.List;
import java.util.Optional;

/** What is known before any bucket is asked: job, environment, deployment. Immutable. */
record Situation(
        HookTarget target, HookOptions options, EnvironmentDetection environments, DeploymentIdDetection deployments) {

    DetectedEnvironment environment() {
        return environments.detect(options.environment(), target.settings().environment());
    }

    DetectedDeployment deployment() {
        return deployments.detect(options.deployment(), target.settings().deploymentId());
    }

    /** Why the hook rests here, if it does. */
    Optional<String> inactive() {
        if (target.settings().mode() == Mode.OFF) {
            return Optional.of("the hook is switched off (hook.mode: off)");
        }
        DetectedEnvironment environment = environment();
        return environment.production()
                ? Optional.empty()
                : Optional.of("this is " + environment.name() + ", not production: " + environment.reason());
    }

    /** The status as far as it is known without the store. */
    HookStatus status() {
        Optional<String> idle = idle();
        return new HookStatus(
                environment().name(),
                target instanceof HookTarget.Found,
                configuredReason(),
                idle.isEmpty(),
                idle.orElseGet(() -> environment().reason()),
                deployment().id(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    private Optional<String> idle() {
        return inactive()
                .or(() -> target instanceof HookTarget.Missing ? Optional.of("no job is configured") : Optional.empty())
                .or(() -> deployment().id().isEmpty() ? Optional.of(deployment().reason()) : Optional.empty());
    }

    private String configuredReason() {
        if (target instanceof HookTarget.Found found) {
            return "job " + found.job().displayName() + " from " + found.origin();
        }
        return ((HookTarget.Missing) target).why();
    }
}

package dev.replicator.job;

import java.time.Duration;
import java.util.Optional;

/**
 * How the deploy hook treats a job; CONTRACT §8.
 *
 * @param environment forced environment; absent: detected
 * @param deploymentId forced id; absent: detected
 * @param minInterval least time between two applied automatic runs
 * @param minIntervalExplicit whether somebody set it: mode BLOCK ignores a mere default
 */
public record HookSettings(
        Mode mode,
        Optional<String> environment,
        Optional<String> deploymentId,
        Duration minInterval,
        boolean minIntervalExplicit,
        OnFailure onFailure,
        OnKnownDeployment onKnownDeployment,
        Duration leaseTtl,
        Duration waitLock,
        Duration timeout) {
    public static final HookSettings DEFAULT = new HookSettings(
            Mode.BACKGROUND,
            Optional.empty(),
            Optional.empty(),
            Duration.ofHours(1),
            false,
            OnFailure.WARN,
            OnKnownDeployment.SKIP,
            Duration.ofSeconds(30),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30));

    /** Who waits for the hook, or that it only looks. */
    public enum Mode {
        BACKGROUND,
        BLOCK,
        VALIDATE_ONLY,
        OFF
    }

    /** Whether a failed hook fails the application. */
    public enum OnFailure {
        WARN,
        FAIL
    }

    /** What to do for a deployment that was applied before and is not the current one. */
    public enum OnKnownDeployment {
        SKIP,
        RUN
    }

    public HookSettings withMode(Mode value) {
        return new HookSettings(
                value,
                environment,
                deploymentId,
                minInterval,
                minIntervalExplicit,
                onFailure,
                onKnownDeployment,
                leaseTtl,
                waitLock,
                timeout);
    }

    public HookSettings withEnvironment(String value) {
        return new HookSettings(
                mode,
                Optional.of(value),
                deploymentId,
                minInterval,
                minIntervalExplicit,
                onFailure,
                onKnownDeployment,
                leaseTtl,
                waitLock,
                timeout);
    }

    public HookSettings withDeploymentId(String value) {
        return new HookSettings(
                mode,
                environment,
                Optional.of(value),
                minInterval,
                minIntervalExplicit,
                onFailure,
                onKnownDeployment,
                leaseTtl,
                waitLock,
                timeout);
    }

    public HookSettings withMinInterval(Duration value) {
        return new HookSettings(
                mode,
                environment,
                deploymentId,
                value,
                true,
                onFailure,
                onKnownDeployment,
                leaseTtl,
                waitLock,
                timeout);
    }

    public HookSettings withOnFailure(OnFailure value) {
        return new HookSettings(
                mode,
                environment,
                deploymentId,
                minInterval,
                minIntervalExplicit,
                value,
                onKnownDeployment,
                leaseTtl,
                waitLock,
                timeout);
    }

    public HookSettings withOnKnownDeployment(OnKnownDeployment value) {
        return new HookSettings(
                mode,
                environment,
                deploymentId,
                minInterval,
                minIntervalExplicit,
                onFailure,
                value,
                leaseTtl,
                waitLock,
                timeout);
    }

    public HookSettings withLeaseTtl(Duration value) {
        return new HookSettings(
                mode,
                environment,
                deploymentId,
                minInterval,
                minIntervalExplicit,
                onFailure,
                onKnownDeployment,
                value,
                waitLock,
                timeout);
    }

    public HookSettings withWaitLock(Duration value) {
        return new HookSettings(
                mode,
                environment,
                deploymentId,
                minInterval,
                minIntervalExplicit,
                onFailure,
                onKnownDeployment,
                leaseTtl,
                value,
                timeout);
    }

    public HookSettings withTimeout(Duration value) {
        return new HookSettings(
                mode,
                environment,
                deploymentId,
                minInterval,
                minIntervalExplicit,
                onFailure,
                onKnownDeployment,
                leaseTtl,
                waitLock,
                value);
    }
}

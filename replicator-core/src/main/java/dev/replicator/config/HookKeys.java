package dev.replicator.config;

import static dev.replicator.config.binding.Slot.value;

import dev.replicator.config.binding.Kind;
import dev.replicator.config.binding.Kinds;
import dev.replicator.config.binding.Shape;
import dev.replicator.config.binding.Slot.Nested;
import dev.replicator.config.binding.Slot.Value;
import dev.replicator.job.HookSettings;
import java.time.Duration;
import java.util.Optional;

/** The keys of a job's hook, and the kinds that its environment variables share. */
final class HookKeys {
    private static final int LONGEST_ID = 512;

    static final Kind<HookSettings.Mode> MODES = Kinds.word(HookSettings.Mode.class);
    static final Kind<String> NAMES = Kinds.checked(HookKeys::named);
    static final Kind<Duration> INTERVALS = Kinds.duration(Duration.ZERO);
    static final Kind<Duration> LEASES = Kinds.duration(Duration.ofSeconds(1));

    static final Value<HookSettings.Mode> MODE =
            value("mode", MODES, "background", "Whether the application waits (block) or not, or the hook only looks.");
    static final Value<Optional<String>> ENVIRONMENT = value(
            "environment",
            Kinds.autoOr(NAMES),
            "auto",
            "The environment's name; the hook works in production only. auto: detected.");
    static final Value<Optional<String>> DEPLOYMENT_ID = value(
            "deployment-id", Kinds.autoOr(NAMES), "auto", "What tells one deployment from the next; auto: detected.");
    static final Value<Duration> MIN_INTERVAL =
            value("min-interval", INTERVALS, "1h", "Least time between two applied automatic runs.");
    static final Value<HookSettings.OnFailure> ON_FAILURE = value(
            "on-failure",
            Kinds.word(HookSettings.OnFailure.class),
            "warn",
            "Whether a failed hook fails the application.");
    static final Value<HookSettings.OnKnownDeployment> ON_KNOWN_DEPLOYMENT = value(
            "on-known-deployment",
            Kinds.word(HookSettings.OnKnownDeployment.class),
            "skip",
            "What happens for a deployment that was applied before and is not the current one.");
    static final Value<Duration> LEASE_TTL =
            value("lease-ttl", LEASES, "30s", "How long a silent holder keeps the lease.");
    static final Value<Duration> WAIT_LOCK =
            value("wait-lock", INTERVALS, "5m", "How long to wait for another holder.");
    static final Value<Duration> TIMEOUT =
            value("timeout", Kinds.duration(Duration.ofSeconds(1)), "30m", "Longest run.");

    static final Nested HOOK = new Nested(
            "hook",
            Shape.of(
                    MODE,
                    ENVIRONMENT,
                    DEPLOYMENT_ID,
                    MIN_INTERVAL,
                    ON_FAILURE,
                    ON_KNOWN_DEPLOYMENT,
                    LEASE_TTL,
                    WAIT_LOCK,
                    TIMEOUT),
            true,
            "How the deploy hook treats the job.");

    private HookKeys() {}

    private static String named(String text) {
        if (text.isBlank() || text.length() > LONGEST_ID) {
            throw new IllegalArgumentException("must have 1 to " + LONGEST_ID + " characters");
        }
        return text.strip();
    }
}

package dev.replicator.config;

import dev.replicator.config.binding.Kind;
import dev.replicator.config.binding.Problems.Tolerance;
import dev.replicator.job.HookSettings;
import dev.replicator.store.Displays;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * What the environment says of every job's hook; it goes before the file. An invalid value is refused; a forgiving
 * caller gets a warning instead, and the file's value or the default.
 */
final class EnvironmentOverrides {
    private final Map<String, String> environment;

    EnvironmentOverrides(Map<String, String> environment) {
        this.environment = environment;
    }

    /**
     * The same configuration with the overrides applied, and warnings of those that can't be.
     *
     * @throws ConfigException when there are such and the caller is strict
     */
    Configuration applyTo(Configuration configuration, Tolerance tolerance) {
        Map<String, String> invalid = new LinkedHashMap<>();
        HookChange change = read(invalid);
        if (tolerance == Tolerance.STRICT && !invalid.isEmpty()) {
            throw new ConfigException(invalid.entrySet().stream()
                    .map(entry -> entry.getKey() + ": its value " + entry.getValue())
                    .toList());
        }
        List<String> warnings = new ArrayList<>(configuration.warnings());
        invalid.forEach((variable, why) -> warnings.add(variable + " is ignored: its value " + why));
        Map<String, JobConfig> jobs = new LinkedHashMap<>();
        configuration.jobs().forEach((name, job) -> jobs.put(name, job.withHook(change.applyTo(job.hook()))));
        return configuration.withJobs(jobs).withWarnings(warnings);
    }

    private interface HookChange {
        HookSettings applyTo(HookSettings hook);

        default HookChange then(HookChange next) {
            return hook -> next.applyTo(applyTo(hook));
        }
    }

    private HookChange read(Map<String, String> invalid) {
        return change("REPLICATOR_ENV", HookKeys.NAMES, HookSettings::withEnvironment, invalid)
                .then(change("REPLICATOR_DEPLOYMENT_ID", HookKeys.NAMES, HookSettings::withDeploymentId, invalid))
                .then(change("REPLICATOR_MIN_INTERVAL", HookKeys.INTERVALS, HookSettings::withMinInterval, invalid))
                .then(change("REPLICATOR_LEASE_TTL", HookKeys.LEASES, HookSettings::withLeaseTtl, invalid))
                .then(change("REPLICATOR_HOOK_MODE", HookKeys.MODES, HookSettings::withMode, invalid));
    }

    private <T> HookChange change(
            String variable,
            Kind<T> kind,
            BiFunction<HookSettings, T, HookSettings> setter,
            Map<String, String> invalid) {
        Optional<String> text = Optional.ofNullable(environment.get(variable))
                .map(String::strip)
                .filter(t -> !t.isEmpty());
        if (text.isEmpty()) {
            return hook -> hook;
        }
        try {
            T value = kind.read(text.get());
            return hook -> setter.apply(hook, value);
        } catch (IllegalArgumentException e) {
            invalid.put(variable, Displays.escaped(String.valueOf(e.getMessage())));
            return hook -> hook;
        }
    }
}

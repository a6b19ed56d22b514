package dev.replicator.config;

import dev.replicator.config.binding.Kind;
import dev.replicator.job.HookSettings;
import dev.replicator.store.Displays;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * What the environment says of every job's hook; it goes before the file. An invalid value is a warning, and leaves the
 * file's or the default.
 */
final class EnvironmentOverrides {
    private final Map<String, String> environment;

    EnvironmentOverrides(Map<String, String> environment) {
        this.environment = environment;
    }

    /** The same configuration with the overrides applied and their warnings added. */
    Configuration applyTo(Configuration configuration) {
        List<String> warnings = new ArrayList<>(configuration.warnings());
        HookChange change = read(warnings);
        Map<String, JobConfig> jobs = new LinkedHashMap<>();
        configuration
                .jobs()
                .forEach((name, job) -> jobs.put(name, new JobConfig(job.job(), change.applyTo(job.hook()))));
        return new Configuration(
                configuration.file(), jobs, configuration.stores(), warnings, configuration.notConfigured());
    }

    private interface HookChange {
        HookSettings applyTo(HookSettings hook);

        default HookChange then(HookChange next) {
            return hook -> next.applyTo(applyTo(hook));
        }
    }

    private HookChange read(List<String> warnings) {
        return change("REPLICATOR_ENV", HookKeys.NAMES, HookSettings::withEnvironment, warnings)
                .then(change("REPLICATOR_DEPLOYMENT_ID", HookKeys.NAMES, HookSettings::withDeploymentId, warnings))
                .then(change("REPLICATOR_MIN_INTERVAL", HookKeys.INTERVALS, HookSettings::withMinInterval, warnings))
                .then(change("REPLICATOR_LEASE_TTL", HookKeys.LEASES, HookSettings::withLeaseTtl, warnings))
                .then(change("REPLICATOR_HOOK_MODE", HookKeys.MODES, HookSettings::withMode, warnings));
    }

    private <T> HookChange change(
            String variable, Kind<T> kind, BiFunction<HookSettings, T, HookSettings> setter, List<String> warnings) {
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
            warnings.add(variable + " is ignored: its value " + Displays.escaped(String.valueOf(e.getMessage())));
            return hook -> hook;
        }
    }
}

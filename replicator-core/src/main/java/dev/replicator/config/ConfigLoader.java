package dev.replicator.config;

import dev.replicator.config.ConfigFile.Extent;
import dev.replicator.config.binding.Problems.Tolerance;
import dev.replicator.config.legacy.LegacyResult;
import dev.replicator.config.legacy.LegacyVariables;
import dev.replicator.job.HookSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads the configuration: environment before file before default; flags, which go before all, are the caller's. Relative
 * locations resolve against the working directory. Immutable and thread-safe.
 */
public final class ConfigLoader {
    private static final Path SYSTEM_FILE = Path.of("/etc/replicator/replicator.yaml");

    private final Path workingDirectory;
    private final Map<String, String> environment;
    private final Path systemFile;

    public ConfigLoader(Path workingDirectory, Map<String, String> environment) {
        this(workingDirectory, environment, SYSTEM_FILE);
    }

    ConfigLoader(Path workingDirectory, Map<String, String> environment, Path systemFile) {
        this.workingDirectory = workingDirectory;
        this.environment = Map.copyOf(environment);
        this.systemFile = systemFile;
    }

    /**
     * Loads {@code explicit}, else the file that REPLICATOR_CONFIG names, else {@code ./replicator.yaml}, else the
     * user's and the system's, else the legacy variables; with what only the server uses.
     *
     * @throws ConfigException when what is found can't be used
     */
    public Configuration load(Optional<Path> explicit) {
        return load(explicit, Tolerance.STRICT, Extent.EVERYTHING);
    }

    /**
     * As {@link #load}, for a caller that is no server: sections {@code server} and {@code notifications} and the jobs'
     * schedules are not looked at, since they may need variables and files that only the server has.
     *
     * @throws ConfigException as {@link #load}
     */
    public Configuration loadJobs(Optional<Path> explicit) {
        return load(explicit, Tolerance.STRICT, Extent.JOBS);
    }

    /**
     * As {@link #loadJobs}, for a caller that would rather go on than be right, such as the deploy hook: an invalid value in a
     * job's {@code hook}, {@code transfer} or {@code retry}, or in a variable that overrides these, gives way to its
     * default, with a warning.
     *
     * @throws ConfigException when anything else can't be used
     */
    public Configuration loadForgiving(Optional<Path> explicit) {
        return load(explicit, Tolerance.FORGIVING, Extent.JOBS);
    }

    /**
     * As {@link #loadForgiving}, from values that another program has read, such as a framework's properties: maps, lists
     * and single values under this file's keys, whose dashes and case don't matter. No file is looked for.
     *
     * @param values holds texts, numbers, booleans, lists and maps of these
     * @param name where they come from, for messages
     * @throws ConfigException as {@link #loadForgiving}
     */
    public Configuration readForgiving(Map<String, ?> values, String name) {
        ConfigFile.Loaded loaded =
                new ConfigFile(workingDirectory, environment, Extent.JOBS).load(values, name, Tolerance.FORGIVING);
        return new EnvironmentOverrides(environment).applyTo(loaded.configuration(), Tolerance.FORGIVING);
    }

    private Configuration load(Optional<Path> explicit, Tolerance tolerance, Extent extent) {
        Optional<Path> file = new ConfigSearch(workingDirectory, environment, systemFile).find(explicit);
        Configuration configuration =
                file.isPresent() ? fromFile(file.get(), tolerance, extent) : fromLegacyVariables();
        Configuration overridden = new EnvironmentOverrides(environment).applyTo(configuration, tolerance);
        return extent == Extent.EVERYTHING
                ? overridden.withServer(new ServerOverrides(environment).applyTo(overridden.server()))
                : overridden;
    }

    private Configuration fromFile(Path file, Tolerance tolerance, Extent extent) {
        ConfigFile.Loaded loaded = new ConfigFile(workingDirectory, environment, extent).load(file, tolerance);
        Set<String> ignored = new TreeSet<>(LegacyVariables.present(environment));
        ignored.removeAll(loaded.variables());
        if (ignored.isEmpty()) {
            return loaded.configuration();
        }
        Configuration configuration = loaded.configuration();
        List<String> warnings = new ArrayList<>(configuration.warnings());
        warnings.add("ignored, since there is a configuration file: " + String.join(", ", ignored));
        return configuration.withWarnings(warnings);
    }

    private Configuration fromLegacyVariables() {
        LegacyResult result;
        try {
            result = new LegacyVariables(workingDirectory, environment).read();
        } catch (IllegalArgumentException e) {
            throw new ConfigException(List.of(String.valueOf(e.getMessage())));
        }
        return result.match(
                configured -> new Configuration(
                        Optional.empty(),
                        Map.of(LegacyVariables.JOB, new JobConfig(configured.job(), HookSettings.DEFAULT)),
                        configured.stores(),
                        configured.warnings(),
                        Optional.empty()),
                missing -> new Configuration(
                        Optional.empty(), Map.of(), Map.of(), List.of(), Optional.of(missing.reason())));
    }
}

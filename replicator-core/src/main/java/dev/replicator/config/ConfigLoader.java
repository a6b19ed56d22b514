package dev.replicator.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Reads the configuration; CONTRACT §6. Thread-safe. */
public final class ConfigLoader {
    private final Path workingDirectory;
    private final Map<String, String> environment;

    public ConfigLoader(Path workingDirectory, Map<String, String> environment) {
        this.workingDirectory = workingDirectory;
        this.environment = Map.copyOf(environment);
    }

    /**
     * Loads {@code explicit}, else the file that REPLICATOR_CONFIG names, else {@code ./replicator.yaml}, else the
     * user's and the system's, else the legacy variables.
     *
     * @throws ConfigException when what is found can't be used
     */
    public Configuration load(Optional<Path> explicit) {
        throw new UnsupportedOperationException(workingDirectory + " " + environment + explicit);
    }
}

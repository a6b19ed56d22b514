package dev.replicator.config;

import dev.replicator.store.Displays;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where a configuration file is looked for: the first that is there wins, none are merged. */
final class ConfigSearch {
    static final String VARIABLE = "REPLICATOR_CONFIG";

    private final Path workingDirectory;
    private final Map<String, String> environment;
    private final Path systemFile;

    ConfigSearch(Path workingDirectory, Map<String, String> environment, Path systemFile) {
        this.workingDirectory = workingDirectory;
        this.environment = environment;
        this.systemFile = systemFile;
    }

    /**
     * The file to read.
     *
     * @throws ConfigException when one that was named is not there
     */
    Optional<Path> find(Optional<Path> explicit) {
        if (explicit.isPresent()) {
            return Optional.of(there(workingDirectory.resolve(explicit.get()), ""));
        }
        Optional<Path> named = variable(VARIABLE).map(text -> there(path(text), VARIABLE + ": "));
        return named.isPresent()
                ? named
                : candidates().stream().filter(Files::exists).findFirst();
    }

    private List<Path> candidates() {
        List<Path> candidates = new ArrayList<>();
        candidates.add(workingDirectory.resolve("replicator.yaml"));
        userDirectory()
                .ifPresent(directory ->
                        candidates.add(directory.resolve("replicator").resolve("config.yaml")));
        candidates.add(systemFile);
        return candidates;
    }

    /** {@code $XDG_CONFIG_HOME}, which counts only where it is absolute (XDG Base Directory Specification), else {@code ~/.config}. */
    private Optional<Path> userDirectory() {
        Optional<Path> configured = absolute("XDG_CONFIG_HOME");
        return configured.isPresent() ? configured : absolute("HOME").map(home -> home.resolve(".config"));
    }

    private Optional<Path> absolute(String name) {
        try {
            return variable(name).map(Path::of).filter(Path::isAbsolute);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private Path path(String text) {
        try {
            return workingDirectory.resolve(text);
        } catch (InvalidPathException e) {
            throw new ConfigException(List.of(VARIABLE + " holds no path"));
        }
    }

    private static Path there(Path file, String origin) {
        if (!Files.exists(file)) {
            throw new ConfigException(List.of(origin + Displays.escaped(file.toString()) + ": there is no such file"));
        }
        return file;
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(text -> !text.isBlank());
    }
}

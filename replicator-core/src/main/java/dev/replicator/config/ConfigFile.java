package dev.replicator.config;

import dev.replicator.config.binding.Interpolation;
import dev.replicator.config.binding.Problems;
import dev.replicator.config.binding.Section;
import dev.replicator.config.yaml.Position;
import dev.replicator.config.yaml.YamlDocument;
import dev.replicator.config.yaml.YamlNode;
import dev.replicator.config.yaml.YamlReader;
import dev.replicator.store.Displays;
import dev.replicator.store.StoreSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads one file into a configuration. */
final class ConfigFile {
    private final Path workingDirectory;
    private final Map<String, String> environment;
    private final Extent extent;

    ConfigFile(Path workingDirectory, Map<String, String> environment, Extent extent) {
        this.workingDirectory = workingDirectory;
        this.environment = environment;
        this.extent = extent;
    }

    /** How much of a file is read. */
    enum Extent {
        /** Stores and jobs; what only the server uses may need variables and files that only it has. */
        JOBS,
        /** What the server uses, too. */
        EVERYTHING
    }

    /** What a file describes, and the environment variables that it asked for. */
    record Loaded(Configuration configuration, Set<String> variables) {}

    /**
     * Reads a file that was found.
     *
     * @throws ConfigException with every problem of it
     */
    Loaded load(Path file, Problems.Tolerance tolerance) {
        String name = name(file);
        YamlDocument document = YamlReader.read(bytes(file, name));
        Problems problems = new Problems(name, tolerance);
        document.problems().forEach(problem -> problems.add(problem.at(), problem.message()));
        return load(Optional.of(file), name, document.root(), problems);
    }

    /**
     * Reads values that another program has read.
     *
     * @param name what messages begin with
     * @throws ConfigException with every problem of them
     */
    Loaded load(Map<String, ?> values, String name, Problems.Tolerance tolerance) {
        return load(Optional.empty(), name, Optional.of(GivenValues.of(values)), new Problems(name, tolerance));
    }

    private Loaded load(Optional<Path> file, String name, Optional<YamlNode> root, Problems problems) {
        Interpolation interpolation = new Interpolation(environment, workingDirectory);
        Content read = new Content();
        Optional<YamlNode> content = root.filter(node -> !isNothing(node));
        if (content.isPresent()) {
            Section section = Section.root(content.get(), ConfigKeys.FILE, problems, interpolation);
            read = read(section, interpolation);
        } else if (!problems.any()) {
            problems.add(Position.START, "the file is empty; a configuration has stores and jobs");
        }
        if (problems.any()) {
            throw new ConfigException(problems.lines());
        }
        Optional<String> notConfigured =
                read.jobs.isEmpty() ? Optional.of(name + " defines no jobs") : Optional.empty();
        return new Loaded(
                new Configuration(
                        file,
                        read.jobs,
                        read.stores,
                        read.server,
                        read.notifications,
                        problems.warnings(),
                        notConfigured),
                interpolation.variables());
    }

    private record Content(
            Map<String, StoreSettings> stores,
            Map<String, JobConfig> jobs,
            ServerSettings server,
            NotificationSettings notifications) {
        /** Nothing. */
        Content() {
            this(Map.of(), Map.of(), ServerSettings.DEFAULT, NotificationSettings.DEFAULT);
        }
    }

    private Content read(Section root, Interpolation interpolation) {
        Map<String, StoreSettings> stores = new LinkedHashMap<>();
        Map<String, JobConfig> jobs = new LinkedHashMap<>();
        root.get(ConfigKeys.VERSION);
        StoreReader storeReader = new StoreReader(workingDirectory, interpolation);
        Map<String, Optional<StoreSettings>> known = new LinkedHashMap<>();
        root.get(ConfigKeys.STORES).forEach((name, section) -> known.put(name, storeReader.read(section)));
        known.forEach((name, settings) -> settings.ifPresent(found -> stores.put(name, found)));
        JobReader jobReader = new JobReader(storeReader, interpolation, known, extent == Extent.EVERYTHING);
        Map<String, Section> sections = root.get(ConfigKeys.JOBS);
        sections.forEach((name, section) -> jobReader.read(name, section).ifPresent(job -> jobs.put(name, job)));
        if (extent == Extent.JOBS) {
            return new Content(stores, jobs, ServerSettings.DEFAULT, NotificationSettings.DEFAULT);
        }
        return new Content(
                stores,
                jobs,
                ServerReader.read(root.get(ServerKeys.SERVER)),
                new NotificationReader(sections.keySet()).read(root.get(NotificationKeys.NOTIFICATIONS)));
    }

    private static boolean isNothing(YamlNode node) {
        return node instanceof YamlNode.Scalar scalar && scalar.empty();
    }

    private static byte[] bytes(Path file, String name) {
        if (Files.isDirectory(file)) {
            throw new ConfigException(List.of(name + ": is a directory, not a configuration file"));
        }
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(YamlReader.MAX_BYTES + 1);
        } catch (NoSuchFileException e) {
            throw new ConfigException(List.of(name + ": there is no such file"));
        } catch (IOException e) {
            throw new ConfigException(
                    List.of(name + ": can't be read (" + e.getClass().getSimpleName() + ")"));
        }
    }

    /** As a user in the working directory would write it. */
    private String name(Path file) {
        Path base = workingDirectory.toAbsolutePath().normalize();
        Path absolute = file.toAbsolutePath().normalize();
        return Displays.escaped((absolute.startsWith(base) ? base.relativize(absolute) : absolute).toString());
    }
}

package dev.replicator.cli.option;

import dev.replicator.cli.exit.CliException;
import dev.replicator.config.Configuration;
import dev.replicator.config.JobConfig;
import dev.replicator.job.ReplicationJob;
import dev.replicator.store.StoreUri;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Parameters;

/** Which job: one of the configuration by name, the only one, or two locations given by hand. */
public final class JobOptions {
    @Parameters(
            arity = "0..2",
            paramLabel = "[JOB | SOURCE DESTINATION]",
            hideParamSyntax = true,
            description = {
                "A job of the configuration (may be left out when there is",
                "only one), or two locations: s3://bucket/prefix,",
                "gs://bucket/prefix, file:///dir, or a directory such as",
                "./dir."
            })
    private List<String> words = List.of();

    @ArgGroup(exclusive = false, validate = false, heading = "%nLocations:%n")
    private StoreOptions stores = new StoreOptions();

    /** As they were given. */
    public List<String> words() {
        return words;
    }

    /**
     * The job that the words name.
     *
     * @param configuration read only when a job's name is needed
     */
    public ReplicationJob select(Supplier<Configuration> configuration, Path workingDirectory) {
        ReplicationJob job = words.size() == 2
                ? ReplicationJob.of(location(0, workingDirectory), location(1, workingDirectory))
                : named(configuration.get()).job();
        return stores.applyTo(job);
    }

    /**
     * What was taken for granted, in a sentence for people: a destination that is a mere word is more likely a bucket
     * whose scheme was forgotten than a new directory.
     */
    public Optional<String> assumption(Path workingDirectory) {
        if (words.size() != 2) {
            return Optional.empty();
        }
        String word = words.get(1);
        boolean bare = !word.contains("/") && !word.startsWith(".");
        return bare && !Files.isDirectory(workingDirectory.resolve(word))
                ? Optional.of("'" + word + "' is taken for a directory here; a bucket is s3://" + word + " or gs://"
                        + word + ", a directory ./" + word)
                : Optional.empty();
    }

    private StoreUri location(int word, Path workingDirectory) {
        return StoreUri.parse(words.get(word), workingDirectory);
    }

    private JobConfig named(Configuration configuration) {
        return words.isEmpty() ? only(configuration) : byName(configuration, words.get(0));
    }

    /** The only job of a configuration. */
    public static JobConfig only(Configuration configuration) {
        if (configuration.jobs().size() == 1) {
            return configuration.jobs().values().iterator().next();
        }
        if (configuration.jobs().isEmpty()) {
            throw CliException.usage("no job to work on: "
                    + configuration.notConfigured().orElse("there is no replicator.yaml and no job in the environment")
                    + "\nGive SOURCE and DESTINATION, or write a replicator.yaml.");
        }
        throw CliException.usage("which job? The configuration has "
                + String.join(", ", configuration.jobs().keySet()));
    }

    /** The job of that name. */
    public static JobConfig byName(Configuration configuration, String name) {
        JobConfig job = configuration.jobs().get(name);
        if (job != null) {
            return job;
        }
        if (name.contains("/") || name.startsWith(".")) {
            throw CliException.usage("one location '" + name + "' is not enough: give SOURCE and DESTINATION");
        }
        throw CliException.usage("no job '" + name + "'"
                + (configuration.jobs().isEmpty()
                        ? ": the configuration has no jobs"
                        : "; the configuration has "
                                + String.join(", ", configuration.jobs().keySet())));
    }
}

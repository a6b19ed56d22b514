package dev.replicator.cli.option;

import dev.replicator.job.ReplicationJob;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What to do about metadata that the destination can't hold. */
public final class FidelityOptions {
    @Option(
            names = "--strict-metadata",
            description =
                    "Leave an object alone when the destination can't hold its metadata as it is; grants (ACLs) apart,"
                            + " which are never asked for. Default: copy it with what fits, and count the rest.")
    private boolean strict;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "List what the destination does not hold of objects' metadata in FILE, as JSON lines.")
    private Optional<Path> report = Optional.empty();

    public ReplicationJob applyTo(ReplicationJob job) {
        return strict ? job.withMetadata(job.metadata().withStrict(true)) : job;
    }

    /** Where to list losses. */
    public Optional<Path> report() {
        return report;
    }
}

package dev.replicator.cli.option;

import dev.replicator.job.ReplicationJob;
import picocli.CommandLine.Option;

/** {@code --compare-metadata}. */
public final class CompareMetadataOption {
    @Option(
            names = "--compare-metadata",
            description = "Also compare headers and user metadata of unchanged objects; costs a HEAD for each on a side"
                    + " whose listing does not show it.")
    private boolean compares;

    public ReplicationJob applyTo(ReplicationJob job) {
        return compares ? job.withMetadata(job.metadata().withCompare(true)) : job;
    }
}

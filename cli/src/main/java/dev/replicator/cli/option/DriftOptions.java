package dev.replicator.cli.option;

import dev.replicator.cli.exit.CliException;
import dev.replicator.job.DriftPolicy;
import dev.replicator.job.ReplicationJob;
import java.util.Optional;
import picocli.CommandLine.Option;

/** {@code --on-drift}. */
public final class DriftOptions {
    @Option(
            names = "--on-drift",
            paramLabel = "WHAT",
            completionCandidates = Words.DriftPolicies.class,
            description = "What happens to objects that others changed in the destination since the job's last run:"
                    + " ${COMPLETION-CANDIDATES}. Default: as the job says, else report.")
    private Optional<DriftPolicy> onDrift = Optional.empty();

    public ReplicationJob applyTo(ReplicationJob job) {
        if (onDrift.isPresent() && job.name().isEmpty()) {
            throw CliException.usage(
                    "--on-drift needs a job of the configuration: two locations given by hand have no baseline");
        }
        return onDrift.map(job::withOnDrift).orElse(job);
    }
}

package dev.replicator.cli.option;

import dev.replicator.cli.exit.CliException;
import dev.replicator.job.DeletePolicy;
import dev.replicator.job.ReplicationJob;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code --delete} and its limits. */
public final class DeleteOptions {
    @Option(
            names = "--delete",
            negatable = true,
            fallbackValue = "true",
            description = "Delete from the destination what the source lacks, at the very end and within the limits;"
                    + " --no-delete keeps a job from deleting. Default: as the job says, else nothing is deleted.")
    private Optional<Boolean> delete = Optional.empty();

    @Mixin
    private DeleteLimits limits = new DeleteLimits();

    public ReplicationJob applyTo(ReplicationJob job) {
        DeletePolicy own = limits.applyTo(job.delete());
        DeletePolicy.Mode mode = delete.map(asked -> asked ? DeletePolicy.Mode.MIRROR : DeletePolicy.Mode.NEVER)
                .orElse(own.mode());
        if (mode == DeletePolicy.Mode.NEVER && limits.given()) {
            throw CliException.usage("--max-delete limits deletes, and this run deletes nothing; add --delete");
        }
        return job.withDelete(new DeletePolicy(mode, own.maxObjects(), own.maxPercent()));
    }

    /** {@code --max-delete} alone. */
    public static final class DeleteLimits {
        @Option(
                names = "--max-delete",
                paramLabel = "N|P%",
                description = "Most objects to delete, as a number or in percent of the destination's; repeat it to set"
                        + " both. More, and none is deleted. Default: the job's, else 1000 and 10%%; the percentage"
                        + " counts from 20 objects up.")
        private List<String> maxDelete = List.of();

        boolean given() {
            return !maxDelete.isEmpty();
        }

        public DeletePolicy applyTo(DeletePolicy policy) {
            DeletePolicy limited = policy;
            for (String limit : maxDelete) {
                limited = limited(limited, limit);
            }
            return limited;
        }

        private static DeletePolicy limited(DeletePolicy policy, String limit) {
            try {
                return limit.endsWith("%")
                        ? new DeletePolicy(
                                policy.mode(),
                                policy.maxObjects(),
                                Double.parseDouble(limit.substring(0, limit.length() - 1)))
                        : new DeletePolicy(policy.mode(), Long.parseLong(limit), policy.maxPercent());
            } catch (IllegalArgumentException e) {
                throw CliException.usage("--max-delete '" + limit
                        + "' is neither a number of objects (50) nor a percentage from 0% to 100% (5%)");
            }
        }
    }
}

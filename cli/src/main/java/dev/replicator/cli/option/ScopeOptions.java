package dev.replicator.cli.option;

import dev.replicator.RunOptions;
import dev.replicator.cli.exit.CliException;
import dev.replicator.job.CompareMode;
import dev.replicator.job.PrefixPair;
import dev.replicator.job.ReplicationJob;
import dev.replicator.store.KeyPrefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What of the job to work on, and how to compare. */
public final class ScopeOptions {
    @Option(
            names = "--path",
            paramLabel = "PREFIX",
            description = "Work on the keys under PREFIX of the source only; repeatable.")
    private List<String> paths = List.of();

    @Mixin
    private FilterOptions filter = new FilterOptions();

    @Option(
            names = "--compare",
            paramLabel = "HOW",
            completionCandidates = Words.Compares.class,
            description = "How objects are told apart: ${COMPLETION-CANDIDATES}. Default: the job's, else"
                    + " size-and-modified: what is missing, has another size, or is newer in the source, differs.")
    private Optional<CompareMode> compare = Optional.empty();

    @Option(
            names = "--transfers",
            paramLabel = "N",
            description = "Objects in flight at once, 1 to 1024. Default: the job's, else chosen by the machine.")
    private Optional<Integer> transfers = Optional.empty();

    /** Prefixes as they were given. */
    public List<String> paths() {
        return paths;
    }

    public Optional<CompareMode> compare() {
        return compare;
    }

    public ReplicationJob applyTo(ReplicationJob job) {
        ReplicationJob scoped = job.withPaths(paths(job.paths())).withFilter(filter.narrow(job.filter()));
        if (compare.isPresent()) {
            scoped = scoped.withCompare(compare.get());
        }
        return transfers.isPresent() ? scoped.withTransfer(scoped.transfer().withConcurrency(transfers.get())) : scoped;
    }

    /** Whether a run is about the whole job. */
    public RunOptions.Reach reach() {
        return paths.isEmpty() && filter.isEmpty() ? RunOptions.Reach.JOB : RunOptions.Reach.PART;
    }

    private List<PrefixPair> paths(List<PrefixPair> ofJob) {
        if (paths.isEmpty()) {
            return ofJob;
        }
        List<PrefixPair> chosen = new ArrayList<>();
        for (String path : paths) {
            List<PrefixPair> under = Paths.under(KeyPrefix.ofFolder(path), ofJob);
            if (under.isEmpty()) {
                throw CliException.usage("--path " + path + " is outside the job's paths: "
                        + String.join(
                                ", ",
                                ofJob.stream()
                                        .map(pair -> pair.from().toString())
                                        .toList()));
            }
            under.stream().filter(pair -> !chosen.contains(pair)).forEach(chosen::add);
        }
        return chosen;
    }
}

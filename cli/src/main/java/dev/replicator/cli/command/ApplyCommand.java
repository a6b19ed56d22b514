package dev.replicator.cli.command;

import dev.replicator.RunOptions.DeleteConsent;
import dev.replicator.cli.exit.CliException;
import dev.replicator.cli.option.DeleteOptions;
import dev.replicator.cli.option.FidelityOptions;
import dev.replicator.cli.option.JobOptions;
import dev.replicator.cli.option.OutputOption;
import dev.replicator.cli.option.Paths;
import dev.replicator.cli.option.StoreOptions;
import dev.replicator.cli.output.RunOutput;
import dev.replicator.job.DeletePolicy;
import dev.replicator.job.PrefixPair;
import dev.replicator.job.ReplicationJob;
import dev.replicator.plan.PlanHeader;
import dev.replicator.plan.WrittenPlan;
import dev.replicator.store.KeyPrefix;
import dev.replicator.store.StoreUri;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code replicator apply}. */
@Command(
        name = "apply",
        description = "Carry out exactly a written plan. What changed since is left alone and reported as stale.",
        footer = {"", "Example:", "  replicator plan media --out media.plan && replicator apply media.plan"})
public final class ApplyCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "FILE", description = "A file that 'replicator plan --out FILE' wrote.")
    private Path file = Path.of("");

    @Mixin
    private StoreOptions stores = new StoreOptions();

    @Mixin
    private FidelityOptions fidelity = new FidelityOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    @Mixin
    private DeleteOptions.DeleteLimits limits = new DeleteOptions.DeleteLimits();

    @Option(
            names = "--transfers",
            paramLabel = "N",
            description = "Objects in flight at once, 1 to 1024. Default: the job's, else chosen by the machine.")
    private Optional<Integer> transfers = Optional.empty();

    @Option(
            names = {"-y", "--yes"},
            description = "Allow the plan's deletes without a question.")
    private boolean yes;

    public ApplyCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        WrittenPlan plan = WrittenPlan.open(session.file(file));
        ReplicationJob job = fidelity.applyTo(stores.applyTo(job(plan.header())));
        DeletePolicy deletes = job.delete();
        job = job.withDelete(limits.applyTo(new DeletePolicy(
                plan.totals().deleted() > 0 ? DeletePolicy.Mode.MIRROR : DeletePolicy.Mode.NEVER,
                deletes.maxObjects(),
                deletes.maxPercent())));
        if (transfers.isPresent()) {
            job = job.withTransfer(job.transfer().withConcurrency(transfers.get()));
        }
        RunOutput stdout = new Outputs(session, output.format(), job).run(false);
        DeleteConsent consent = Consent.forDeletesOf(job, yes, session);
        return new Runs(session)
                .carryOut(
                        job,
                        stdout,
                        consent,
                        fidelity.report(),
                        (runJob, options) -> session.replicator().apply(plan, runJob, options))
                .number();
    }

    private ReplicationJob job(PlanHeader header) {
        List<PrefixPair> paths = header.paths().stream()
                .map(path -> new PrefixPair(KeyPrefix.of(path.from()), KeyPrefix.of(path.to())))
                .toList();
        if (header.job().isEmpty()) {
            return ReplicationJob.of(uri(header.source()), uri(header.destination()))
                    .withPaths(paths);
        }
        ReplicationJob job =
                JobOptions.byName(session.configuration(), header.job().get()).job();
        boolean inside = paths.stream()
                .allMatch(path -> Paths.under(path.from(), job.paths()).contains(path));
        if (!inside) {
            throw CliException.usage("the plan has paths that job " + job.displayName() + " no longer has; plan again");
        }
        return job.withPaths(paths);
    }

    private StoreUri uri(String location) {
        return StoreUri.parse(location, session.workingDirectory());
    }
}

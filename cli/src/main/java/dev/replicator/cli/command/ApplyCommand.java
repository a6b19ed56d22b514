package dev.replicator.cli.command;

import dev.replicator.RunOptions.DeleteConsent;
import dev.replicator.cli.exit.CliException;
import dev.replicator.cli.exit.ExitCode;
import dev.replicator.cli.option.DeleteOptions;
import dev.replicator.cli.option.FidelityOptions;
import dev.replicator.cli.option.JobOptions;
import dev.replicator.cli.option.OutputOption;
import dev.replicator.cli.option.Paths;
import dev.replicator.cli.option.ServerOptions;
import dev.replicator.cli.option.StoreOptions;
import dev.replicator.cli.output.RunOutput;
import dev.replicator.cli.remote.Remote;
import dev.replicator.cli.remote.RemoteRuns;
import dev.replicator.cli.remote.ServerClient;
import dev.replicator.cli.session.Consent;
import dev.replicator.cli.session.Outputs;
import dev.replicator.cli.session.Session;
import dev.replicator.job.DeletePolicy;
import dev.replicator.job.PrefixPair;
import dev.replicator.job.ReplicationJob;
import dev.replicator.plan.PlanHeader;
import dev.replicator.plan.WrittenPlan;
import dev.replicator.report.RunReport;
import dev.replicator.store.KeyPrefix;
import dev.replicator.store.StoreUri;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code replicator apply}. */
@Command(
        name = "apply",
        description = "Carry out exactly a written plan. What changed since is left alone and reported as stale.",
        footer = {
            "",
            "Examples:",
            "  replicator plan media --out media.plan && replicator apply media.plan",
            "  replicator apply 20261121T015805123Z-ab12 --server http://127.0.0.1:8080"
        })
public final class ApplyCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(
            paramLabel = "FILE",
            description =
                    "A file that 'replicator plan --out FILE' wrote; with --server the id of a run that left a plan"
                            + " there, once it is approved.")
    private Path file = Path.of("");

    @Mixin
    private ServerOptions server = new ServerOptions();

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
        Optional<URI> address = server.address(session.environment());
        if (address.isPresent() && (server.isGiven() || !Files.exists(session.file(file)))) {
            return remotely(address.get()).number();
        }
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

    private ExitCode remotely(URI address) {
        server.refuseAllBut(Set.of("--yes"));
        ServerClient client = Remote.open(address, server, session);
        ServerClient.Tagged plan = client.tagged("plans/" + ServerClient.encoded(file.toString()));
        return new RemoteRuns(session, client, output.format()).apply(plan, new RemoteRuns.Codes() {
            @Override
            public ExitCode of(RunReport report) {
                return session.exitCodes().of(report);
            }
        });
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

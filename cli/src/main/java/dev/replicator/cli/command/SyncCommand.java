package dev.replicator.cli.command;

import dev.replicator.RunOptions;
import dev.replicator.RunOptions.DeleteConsent;
import dev.replicator.cli.exit.CliException;
import dev.replicator.cli.exit.ExitCode;
import dev.replicator.cli.option.CompareMetadataOption;
import dev.replicator.cli.option.DeleteOptions;
import dev.replicator.cli.option.DriftOptions;
import dev.replicator.cli.option.FidelityOptions;
import dev.replicator.cli.option.JobOptions;
import dev.replicator.cli.option.OutputOption;
import dev.replicator.cli.option.ScopeOptions;
import dev.replicator.cli.option.ServerOptions;
import dev.replicator.cli.output.RunOutput;
import dev.replicator.cli.remote.Remote;
import dev.replicator.cli.remote.RemoteOrder;
import dev.replicator.cli.remote.RemoteRuns;
import dev.replicator.cli.session.Consent;
import dev.replicator.cli.session.Outputs;
import dev.replicator.cli.session.RunEnd;
import dev.replicator.cli.session.RunListeners;
import dev.replicator.cli.session.Session;
import dev.replicator.job.ReplicationJob;
import dev.replicator.plan.PlanSink;
import dev.replicator.report.RunReport;
import java.net.URI;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code replicator sync}. */
@Command(
        name = "sync",
        description = "Copy to the destination what is missing there or differs.",
        footer = {
            "",
            "Nothing is deleted unless --delete or the job asks for it. Then a terminal is asked before the first delete;"
                    + " elsewhere --yes is needed.",
            "",
            "Examples:",
            "  replicator sync s3://acme-dev-media s3://acme-prod-media --dry-run",
            "  replicator sync media --delete --max-delete 50 --yes"
        })
public final class SyncCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private JobOptions selection = new JobOptions();

    @Mixin
    private ScopeOptions scope = new ScopeOptions();

    @Mixin
    private CompareMetadataOption metadata = new CompareMetadataOption();

    @Mixin
    private DeleteOptions delete = new DeleteOptions();

    @Mixin
    private DriftOptions drift = new DriftOptions();

    @Mixin
    private FidelityOptions fidelity = new FidelityOptions();

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    @Option(names = "--dry-run", description = "Show what would be done; nothing is written anywhere.")
    private boolean dryRun;

    @Option(
            names = {"-y", "--yes"},
            description = "Allow the deletes that --delete or the job asks for, without a question.")
    private boolean yes;

    @Option(names = "--show-skipped", description = "Also list objects that are already up-to-date.")
    private boolean showSkipped;

    public SyncCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Optional<URI> address = Remote.meant(server, selection.words(), session);
        if (address.isPresent()) {
            return remotely(address.get()).number();
        }
        if (dryRun && fidelity.report().isPresent()) {
            throw CliException.usage("--report needs a run: a dry run reads no object's metadata");
        }
        ReplicationJob job = fidelity.applyTo(
                drift.applyTo(delete.applyTo(metadata.applyTo(scope.applyTo(session.select(selection))))));
        Outputs outputs = new Outputs(session, output.format(), job);
        return (dryRun ? shown(job, outputs) : done(job, outputs)).number();
    }

    private ExitCode remotely(URI address) {
        Set<String> taken = new HashSet<>(RemoteOrder.NARROWING);
        taken.addAll(Set.of("--dry-run", "--yes"));
        server.refuseAllBut(taken);
        return new RemoteRuns(session, Remote.open(address, server, session), output.format())
                .carryOut(RemoteOrder.of(selection, scope, "sync", dryRun), new RemoteRuns.Codes() {
                    @Override
                    public ExitCode of(RunReport report) {
                        return dryRun
                                ? session.exitCodes().ofPlan(report, false)
                                : session.exitCodes().of(report);
                    }
                });
    }

    private ExitCode shown(ReplicationJob job, Outputs outputs) {
        RunOutput stdout = outputs.dryRun(showSkipped);
        RunReport report;
        try (RunListeners listeners = RunListeners.around(stdout.listener(), session, true)) {
            RunOptions options = RunOptions.defaults()
                    .withListener(listeners.listener())
                    .withCancellation(session.cancellation())
                    .withReach(scope.reach());
            report = session.replicator().plan(job, PlanSink.NONE, options);
        }
        ExitCode code = session.exitCodes().ofPlan(report, false);
        stdout.finish(report, code);
        RunEnd.tell(session, report);
        return code;
    }

    private ExitCode done(ReplicationJob job, Outputs outputs) {
        RunOutput stdout = outputs.run(showSkipped);
        DeleteConsent consent = Consent.forDeletesOf(job, yes, session);
        return new Runs(session)
                .carryOut(
                        job,
                        stdout,
                        consent,
                        fidelity.report(),
                        (runJob, options) -> session.replicator().run(runJob, options.withReach(scope.reach())));
    }
}

package dev.replicator.cli.command;

import dev.replicator.RunOptions;
import dev.replicator.cli.exit.CliException;
import dev.replicator.cli.exit.ExitCode;
import dev.replicator.cli.option.JobOptions;
import dev.replicator.cli.option.OutputOption;
import dev.replicator.cli.option.ScopeOptions;
import dev.replicator.cli.option.ServerOptions;
import dev.replicator.cli.option.StoreOptions;
import dev.replicator.cli.output.DriftOutput;
import dev.replicator.cli.remote.Remote;
import dev.replicator.cli.remote.RemoteOrder;
import dev.replicator.cli.remote.RemoteRuns;
import dev.replicator.cli.session.Outputs;
import dev.replicator.cli.session.RunEnd;
import dev.replicator.cli.session.RunListeners;
import dev.replicator.cli.session.Session;
import dev.replicator.config.JobConfig;
import dev.replicator.job.ReplicationJob;
import dev.replicator.report.DriftReport;
import dev.replicator.report.RunListener;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code replicator drift}. */
@Command(
        name = "drift",
        description = "Tell what others did to a job's destination since its last run: objects edited, given other"
                + " metadata, deleted, added. Changes nothing. Exits with 3 when there is something.",
        footer = {
            "",
            "Each run of a job of the configuration leaves what it saw beside the job's marker; two locations given by"
                    + " hand leave nothing. Before the first run there is nothing to tell, and the exit is 0.",
            "",
            "Other metadata show on Google Cloud Storage only, whose listings number their states; S3 and directories"
                    + " tell nothing of them.",
            "",
            "Examples:",
            "  replicator drift media",
            "  replicator sync media --on-drift overwrite"
        })
public final class DriftCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(
            arity = "0..2",
            paramLabel = "[JOB]",
            hideParamSyntax = true,
            description = "A job of the configuration; may be left out when there is only one.")
    private List<String> words = List.of();

    @ArgGroup(exclusive = false, validate = false, heading = "%nLocations:%n")
    private StoreOptions stores = new StoreOptions();

    @Mixin
    private ScopeOptions scope = new ScopeOptions();

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    public DriftCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Optional<URI> address = Remote.meant(server, words, session);
        if (address.isPresent()) {
            return remotely(address.get()).number();
        }
        if (words.size() > 1) {
            throw CliException.usage("drift needs a job's name: two locations given by hand leave no baseline");
        }
        JobConfig config = words.isEmpty()
                ? JobOptions.only(session.configuration())
                : JobOptions.byName(session.configuration(), words.get(0));
        ReplicationJob looked = scope.applyTo(stores.applyTo(config.job()));
        DriftOutput stdout = new Outputs(session, output.format(), looked).drift();
        DriftReport report = look(looked, stdout);
        ExitCode code = session.exitCodes().of(report);
        stdout.finish(report, code);
        RunEnd.tell(session, report);
        return code.number();
    }

    private ExitCode remotely(URI address) {
        server.refuseAllBut(Set.of("--path"));
        return new RemoteRuns(session, Remote.open(address, server, session), output.format())
                .carryOut(RemoteOrder.of(words, scope, "drift", false), new RemoteRuns.Codes() {});
    }

    private DriftReport look(ReplicationJob looked, DriftOutput stdout) {
        try (RunListeners listeners = RunListeners.around(RunListener.SILENT, session, true)) {
            RunOptions options =
                    RunOptions.defaults().withListener(listeners.listener()).withCancellation(session.cancellation());
            return session.replicator().drift(looked, stdout, options);
        }
    }
}

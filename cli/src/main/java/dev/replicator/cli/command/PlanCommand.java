package dev.replicator.cli.command;

import dev.replicator.PlanHeaders;
import dev.replicator.RunOptions;
import dev.replicator.cli.exit.CliException;
import dev.replicator.cli.exit.ExitCode;
import dev.replicator.cli.option.CompareMetadataOption;
import dev.replicator.cli.option.DeleteOptions;
import dev.replicator.cli.option.DriftOptions;
import dev.replicator.cli.option.JobOptions;
import dev.replicator.cli.option.OutputFormat;
import dev.replicator.cli.option.OutputOption;
import dev.replicator.cli.option.ScopeOptions;
import dev.replicator.cli.option.ServerOptions;
import dev.replicator.cli.output.RunOutput;
import dev.replicator.cli.remote.Remote;
import dev.replicator.cli.remote.RemoteOrder;
import dev.replicator.cli.remote.RemoteRuns;
import dev.replicator.cli.session.Outputs;
import dev.replicator.cli.session.RunEnd;
import dev.replicator.cli.session.RunListeners;
import dev.replicator.cli.session.Session;
import dev.replicator.cli.terminal.Program;
import dev.replicator.job.ReplicationJob;
import dev.replicator.plan.PlanSink;
import dev.replicator.plan.PlanWriter;
import dev.replicator.report.GateReport;
import dev.replicator.report.RunReport;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code replicator plan}. */
@Command(
        name = "plan",
        description = "Show what a sync would do; nothing is written but FILE.",
        footer = {
            "",
            "Examples:",
            "  replicator plan ./dev ./prod",
            "  replicator plan media --delete --out media.plan && replicator apply media.plan"
        })
public final class PlanCommand implements Callable<Integer> {
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
    private ServerOptions server = new ServerOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Write the plan for 'replicator apply FILE'; compressed when FILE ends in .gz.")
    private Optional<Path> out = Optional.empty();

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "50",
            description = "Most actions listed as text. Default: ${DEFAULT-VALUE}.")
    private int limit;

    @Option(names = "--detailed-exitcode", description = "Exit with 3 when there is something to do.")
    private boolean detailed;

    public PlanCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (limit < 0) {
            throw CliException.usage("--limit must be 0 or more, not " + limit);
        }
        Optional<URI> address = Remote.meant(server, selection.words(), session);
        if (address.isPresent()) {
            return remotely(address.get()).number();
        }
        ReplicationJob job = drift.applyTo(delete.applyTo(metadata.applyTo(scope.applyTo(session.select(selection)))));
        RunOutput stdout = new Outputs(session, output.format(), job).plan(limit);
        RunReport report =
                out.isPresent() ? planTo(session.file(out.get()), job, stdout) : plan(job, PlanSink.NONE, stdout);
        ExitCode code = session.exitCodes().ofPlan(report, detailed);
        stdout.finish(report, code);
        RunEnd.tellProblem(session, report);
        if (out.isPresent() && report.problem().isEmpty() && output.format() == OutputFormat.TEXT) {
            session.console().result("");
            session.console().result("To make exactly these changes: " + Program.name() + " apply " + out.get());
        }
        return code.number();
    }

    private ExitCode remotely(URI address) {
        Set<String> taken = new HashSet<>(RemoteOrder.NARROWING);
        taken.addAll(Set.of("--detailed-exitcode", "--limit"));
        server.refuseAllBut(taken);
        return new RemoteRuns(session, Remote.open(address, server, session), output.format(), limit)
                .carryOut(RemoteOrder.of(selection, scope, "plan", false), new RemoteRuns.Codes() {
                    @Override
                    public ExitCode of(RunReport report) {
                        return session.exitCodes().ofPlan(report, detailed);
                    }
                });
    }

    private RunReport planTo(Path file, ReplicationJob job, RunOutput stdout) {
        try (PlanWriter writer =
                new PlanWriter(file, PlanHeaders.of(job, session.clock().instant()))) {
            RunReport report = plan(job, writer, stdout);
            if (report.problem().isEmpty()) {
                boolean open = report.gate().verdict() == GateReport.Verdict.OPEN;
                writer.finish(open, report.gate().reason());
            }
            return report;
        }
    }

    private RunReport plan(ReplicationJob job, PlanSink sink, RunOutput stdout) {
        try (RunListeners listeners = RunListeners.around(stdout.listener(), session, true)) {
            RunOptions options = RunOptions.defaults()
                    .withListener(listeners.listener())
                    .withCancellation(session.cancellation())
                    .withReach(scope.reach());
            return session.replicator().plan(job, sink, options);
        }
    }
}

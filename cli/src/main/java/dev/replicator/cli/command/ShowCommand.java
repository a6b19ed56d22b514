package dev.replicator.cli.command;

import dev.replicator.cli.exit.CliException;
import dev.replicator.cli.exit.ExitCode;
import dev.replicator.cli.option.OutputOption;
import dev.replicator.cli.option.ServerOptions;
import dev.replicator.cli.output.JsonText;
import dev.replicator.cli.remote.Remote;
import dev.replicator.cli.remote.ServerClient;
import dev.replicator.cli.report.RunSummary;
import dev.replicator.cli.report.RunText;
import dev.replicator.cli.session.Session;
import dev.replicator.cli.terminal.Program;
import dev.replicator.config.JobConfig;
import dev.replicator.hook.control.RunHistory;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code replicator show}. */
@Command(
        name = "show",
        description = "Show one run: its counts, what failed by cause and what to do about it.",
        footer = {"", "Example:", "  replicator show 20261121T0158"})
public final class ShowCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(
            paramLabel = "RUN",
            description = "A run's id as 'replicator history' lists it; without --server, its beginning is enough.")
    private String id = "";

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    public ShowCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (id.isBlank()) {
            throw CliException.usage("RUN is empty; '" + Program.name() + " history' lists ids");
        }
        Optional<URI> address = server.address(session.environment());
        if (address.isPresent()) {
            server.refuseAllBut(Set.of());
            ServerClient client = Remote.open(address.get(), server, session);
            show(RunSummary.ofServer(client.get("runs/" + ServerClient.encoded(id))));
        } else {
            show(kept());
        }
        return ExitCode.OK.number();
    }

    private RunSummary kept() {
        KeptReports reports = new KeptReports(session);
        List<RunSummary> all = new ArrayList<>();
        for (JobConfig job : session.configuration().jobs().values()) {
            all.addAll(reports.ofJob(job, RunHistory.KEPT));
        }
        all.addAll(reports.byHand(RunHistory.KEPT));
        List<RunSummary> found =
                all.stream().filter(run -> run.id().startsWith(id)).toList();
        Optional<RunSummary> exact =
                found.stream().filter(run -> run.id().equals(id)).findFirst();
        if (exact.isPresent() || found.size() == 1) {
            return exact.orElseGet(() -> found.get(0));
        }
        if (reports.code() != ExitCode.OK) {
            throw new CliException(reports.code(), "run " + id + " was not found in what could be read");
        }
        throw CliException.usage(
                found.isEmpty()
                        ? "no run " + id + " is kept; '" + Program.name() + " history' lists those that are"
                        : found.size() + " runs begin with " + id + ": give more of it");
    }

    private void show(RunSummary run) {
        switch (output.format()) {
            case TEXT -> new RunText(session.console()).print(run);
            case JSON -> session.json().document(JsonText.parse(run.json().toString()));
            case NDJSON -> session.json().line(JsonText.parse(run.json().toString()));
        }
    }
}

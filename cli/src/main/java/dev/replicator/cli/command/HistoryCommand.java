package dev.replicator.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.replicator.cli.exit.CliException;
import dev.replicator.cli.exit.ExitCode;
import dev.replicator.cli.option.JobOptions;
import dev.replicator.cli.option.OutputFormat;
import dev.replicator.cli.option.OutputOption;
import dev.replicator.cli.option.ServerOptions;
import dev.replicator.cli.output.JsonText;
import dev.replicator.cli.remote.Remote;
import dev.replicator.cli.remote.ServerClient;
import dev.replicator.cli.report.HistoryTable;
import dev.replicator.cli.report.RunSummary;
import dev.replicator.cli.session.Session;
import dev.replicator.cli.terminal.Program;
import dev.replicator.config.JobConfig;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code replicator history}. */
@Command(
        name = "history",
        description = "List past runs, the newest first.",
        footer = {
            "",
            "Runs of a job leave their reports in its control prefix, the newest 50; runs of two locations in"
                    + " $XDG_STATE_HOME/replicator. A server also knows plans, validations and runs that go on.",
            "",
            "Examples:",
            "  replicator history media",
            "  replicator history --server http://127.0.0.1:8080"
        })
public final class HistoryCommand implements Callable<Integer> {
    private static final int MOST = 1_000;

    private final Session session;

    @Parameters(
            arity = "0..1",
            paramLabel = "JOB",
            description = "A job of the configuration. Without it, all jobs and the runs of two locations.")
    private Optional<String> job = Optional.empty();

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "20",
            description = "Most runs listed, 1 to 1000. Default: ${DEFAULT-VALUE}.")
    private int limit;

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    public HistoryCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (limit < 1 || limit > MOST) {
            throw CliException.usage("--limit is from 1 to " + MOST + ", not " + limit);
        }
        Optional<URI> address = server.address(session.environment());
        if (address.isPresent()) {
            server.refuseAllBut(Set.of("--limit"));
            show(ofServer(Remote.open(address.get(), server, session)), true);
            return ExitCode.OK.number();
        }
        KeptReports reports = new KeptReports(session);
        show(kept(reports), false);
        return reports.code().number();
    }

    private List<RunSummary> ofServer(ServerClient client) {
        String which = job.map(name -> "&job=" + ServerClient.encoded(name)).orElse("");
        job.ifPresent(name -> client.get("jobs/" + ServerClient.encoded(name)));
        List<RunSummary> runs = new ArrayList<>();
        for (JsonNode run : client.get("runs?pageSize=" + limit + which).path("items")) {
            runs.add(RunSummary.ofServer(run));
        }
        return runs;
    }

    private List<RunSummary> kept(KeptReports reports) {
        List<RunSummary> runs = new ArrayList<>();
        if (job.isPresent()) {
            runs.addAll(reports.ofJob(JobOptions.byName(session.configuration(), job.get()), limit));
        } else {
            for (JobConfig each : session.configuration().jobs().values()) {
                runs.addAll(reports.ofJob(each, limit));
            }
            runs.addAll(reports.byHand(limit));
        }
        return runs.stream()
                .sorted(Comparator.comparing(RunSummary::at).reversed())
                .limit(limit)
                .toList();
    }

    private void show(List<RunSummary> runs, boolean ofServer) {
        if (output.format() == OutputFormat.JSON) {
            ObjectNode document = JsonText.node();
            ArrayNode items = document.putArray("items");
            runs.forEach(run -> items.add(run.json()));
            session.json().document(document);
        } else if (output.format() == OutputFormat.NDJSON) {
            runs.forEach(run -> session.json().line(JsonText.parse(run.json().toString())));
        } else if (runs.isEmpty()) {
            session.console()
                    .result("No run yet" + job.map(name -> " of job " + name).orElse("") + ". '" + Program.name()
                            + " sync"
                            + job.map(name -> " " + name).orElse("")
                            + "' makes one; a dry run and a plan leave no report"
                            + (ofServer ? " but are listed here." : "."));
        } else {
            HistoryTable.print(runs, ofServer, session.console());
        }
    }
}

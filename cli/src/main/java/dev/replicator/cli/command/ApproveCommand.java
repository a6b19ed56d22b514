package dev.replicator.cli.command;

import dev.replicator.cli.option.OutputOption;
import dev.replicator.cli.option.ServerOptions;
import dev.replicator.cli.remote.RemoteDecision;
import dev.replicator.cli.session.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code replicator approve}. */
@Command(
        name = "approve",
        description = "Show a plan of a server, and allow it to be carried out as it was shown.",
        footer = {"", "Example:", "  replicator approve 20261121T015805123Z-ab12 --server http://127.0.0.1:8080"})
public final class ApproveCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "RUN", description = "The id of the run that left the plan.")
    private String id = "";

    @Option(names = "--comment", paramLabel = "TEXT", description = "What to remember with the decision.")
    private String comment = "";

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    public ApproveCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return new RemoteDecision(session, server, output.format())
                .decide(id, "approve", comment)
                .number();
    }
}

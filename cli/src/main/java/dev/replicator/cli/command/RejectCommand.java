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

/** {@code replicator reject}. */
@Command(
        name = "reject",
        description = "Show a plan of a server, and forbid it, for good.",
        footer = {"", "Example:", "  replicator reject 20261121T015805123Z-ab12 --comment 'not today'"})
public final class RejectCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "RUN", description = "The id of the run that left the plan.")
    private String id = "";

    @Option(
            names = "--comment",
            paramLabel = "TEXT",
            required = true,
            description = "Why; whoever made the plan reads it.")
    private String comment = "";

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    public RejectCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return new RemoteDecision(session, server, output.format())
                .decide(id, "reject", comment)
                .number();
    }
}

package dev.replicator.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.replicator.cli.exit.CliException;
import dev.replicator.cli.exit.ExitCode;
import dev.replicator.cli.option.ServerOptions;
import dev.replicator.cli.remote.Remote;
import dev.replicator.cli.remote.ServerClient;
import dev.replicator.cli.session.Session;
import dev.replicator.cli.terminal.Colour;
import dev.replicator.cli.terminal.Program;
import java.net.URI;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code replicator cancel}. */
@Command(
        name = "cancel",
        description = "Ask a server to stop a run: objects in flight finish, the rest is left for the next run.",
        footer = {"", "Example:", "  replicator cancel 20261121T015805123Z-ab12 --server http://127.0.0.1:8080"})
public final class CancelCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "RUN", description = "A run's id.")
    private String id = "";

    @Mixin
    private ServerOptions server = new ServerOptions();

    public CancelCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        URI address = server.address(session.environment())
                .orElseThrow(() -> CliException.usage(
                        "cancel needs --server URL: a run of this machine is stopped with" + " Ctrl-C where it runs"));
        ServerClient client = Remote.open(address, server, session);
        JsonNode run = client.post("runs/" + ServerClient.encoded(id) + "/cancel");
        session.console()
                .result(
                        Colour.GOOD,
                        "✓ ",
                        "Run " + run.path("id").asText() + " of job "
                                + run.path("job").asText() + " stops; '"
                                + Program.name() + " show " + run.path("id").asText() + " --server "
                                + client.address() + "' tells when it has");
        return ExitCode.OK.number();
    }
}

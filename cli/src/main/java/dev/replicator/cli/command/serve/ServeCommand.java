package dev.replicator.cli.command.serve;

import dev.replicator.cli.exit.CliException;
import dev.replicator.cli.session.Session;
import dev.replicator.cli.session.StateDirectory;
import dev.replicator.config.Configuration;
import dev.replicator.config.ListenAddress;
import dev.replicator.config.ServerSettings;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code replicator serve}. */
@Command(
        name = "serve",
        description =
                "Serve the admin API, the dashboard, the schedules and the metrics of the configuration's jobs, until"
                        + " it is stopped.",
        footer = {
            "",
            "Without tokens in the configuration it listens at this machine only, and makes one token for its user; the"
                    + " other commands find it by themselves. 'replicator config token NAME' makes tokens for others.",
            "",
            "SIGTERM and Ctrl-C stop it: runs under way are cancelled, objects in flight finish, leases are given back.",
            "",
            "Examples:",
            "  replicator serve",
            "  replicator serve --listen 0.0.0.0:8080 --database jdbc:postgresql://db/replicator"
        })
public final class ServeCommand implements Callable<Integer> {
    private final Session session;

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            description = "Where to listen; port 0 is a free one. Default: $REPLICATOR_LISTEN, else the configuration's"
                    + " server.listen, else 127.0.0.1:8080.")
    private Optional<String> listen = Optional.empty();

    @Option(
            names = "--base-path",
            paramLabel = "PATH",
            description = "Where a proxy puts it, such as /replicator. Default: server.base-path, else /.")
    private Optional<String> basePath = Optional.empty();

    @Option(
            names = "--database",
            paramLabel = "URL",
            description = "What remembers runs: jdbc:postgresql://host/name or jdbc:sqlite:/file. Default:"
                    + " server.database, else a file in the state directory.")
    private Optional<String> database = Optional.empty();

    @Option(
            names = "--state",
            paramLabel = "DIR",
            description = "Where token and history are, where the configuration names none. Default:"
                    + " replicator/ under $XDG_STATE_HOME or ~/.local/state.")
    private Optional<Path> state = Optional.empty();

    public ServeCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Configuration read = session.wholeConfiguration();
        Configuration served = read.withServer(flagged(read.server())).withoutWarnings();
        if (served.jobs().isEmpty()) {
            throw CliException.usage("no job to serve: "
                    + served.notConfigured().orElse("there is no replicator.yaml and no job in the environment"));
        }
        Path directory = state.map(session::file)
                .orElseGet(() -> new StateDirectory(session.environment()).path())
                .toAbsolutePath()
                .normalize();
        return new Serving(session, served, directory).untilStopped().number();
    }

    private ServerSettings flagged(ServerSettings settings) {
        ServerSettings result = settings;
        if (listen.isPresent()) {
            result = result.withListen(flag("--listen", listen.get(), ListenAddress::parse));
        }
        if (basePath.isPresent()) {
            ServerSettings before = result;
            result = flag("--base-path", basePath.get(), before::withBasePath);
        }
        if (database.isPresent()) {
            ServerSettings before = result;
            result = flag("--database", database.get(), before::withDatabase);
        }
        return result;
    }

    private interface Reader<T> {
        T read(String text);
    }

    private static <T> T flag(String name, String text, Reader<T> reader) {
        try {
            return reader.read(text);
        } catch (IllegalArgumentException e) {
            String shown = name.equals("--database") ? "" : " '" + text + "'";
            throw CliException.usage(name + shown + " " + e.getMessage());
        }
    }
}

package dev.replicator.cli;

import dev.replicator.Replicator;
import dev.replicator.cli.remote.OwnServer;
import dev.replicator.config.ConfigLoader;
import dev.replicator.config.Configuration;
import dev.replicator.config.ListenAddress;
import dev.replicator.server.ReplicatorServer;
import dev.replicator.store.Stores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/** A server in this JVM over the configuration of a directory; its state lies where the user's own commands look. */
final class ServedJobs implements AutoCloseable {
    private final ReplicatorServer server;
    private final Path directory;
    private final OwnServer.Claim claim;

    private ServedJobs(ReplicatorServer server, Path directory, OwnServer.Claim claim) {
        this.server = server;
        this.directory = directory;
        this.claim = claim;
    }

    /** Serves what {@code yaml} describes, at a free port. */
    static ServedJobs start(Path directory, String yaml) {
        try {
            Files.writeString(directory.resolve("replicator.yaml"), yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Configuration read = new ConfigLoader(directory, Map.of()).load(Optional.empty());
        Configuration free = read.withServer(read.server().withListen(new ListenAddress("127.0.0.1", 0)));
        Clock clock = Clock.systemUTC();
        Replicator replicator = Replicator.create(Stores.onClassPath(), clock, Map.of());
        ReplicatorServer server = ReplicatorServer.start(free, replicator, state(directory), clock, "here");
        return new ServedJobs(server, directory, noted(directory, server.uri().toString()));
    }

    /** Where {@link Invocation} keeps its state. */
    static Path state(Path directory) {
        return directory.resolve("home/.local/state/replicator");
    }

    /** As {@code serve} does: this server is of the user whose state that is, and lives. */
    static OwnServer.Claim noted(Path directory, String address) {
        try {
            Files.createDirectories(state(directory));
            Files.writeString(OwnServer.note(state(directory)), address);
            return OwnServer.claim(state(directory));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return server.uri().toString();
    }

    /** A command that is told of this server. */
    Invocation.Ended run(String... words) {
        return Invocation.in(directory).with("REPLICATOR_SERVER", url()).run(words);
    }

    @Override
    public void close() {
        server.close();
        claim.close();
    }
}

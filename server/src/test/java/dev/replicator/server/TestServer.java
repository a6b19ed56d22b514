package dev.replicator.server;

import dev.replicator.Replicator;
import dev.replicator.config.AccessToken;
import dev.replicator.config.ConfigLoader;
import dev.replicator.config.Configuration;
import dev.replicator.config.ListenAddress;
import dev.replicator.config.Role;
import dev.replicator.config.ServerSettings;
import dev.replicator.server.access.AccessLimits;
import dev.replicator.server.access.Secrets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A server with the job {@code media} over two directories and a token for each role, at a free port. Several may share a
 * directory: then they are replicas.
 */
public final class TestServer implements AutoCloseable {
    /** Nothing that a test sends is too much. */
    public static final AccessLimits LAX = new AccessLimits(1_000_000, 1_000_000, 200, 150);

    private final ReplicatorServer server;

    private TestServer(ReplicatorServer server) {
        this.server = server;
    }

    public static TestServer in(Path directory) {
        return in(directory, UnaryOperator.identity(), Clock.systemUTC(), LAX);
    }

    public static TestServer in(
            Path directory, UnaryOperator<ServerSettings> change, Clock clock, AccessLimits limits) {
        return in(directory, change, clock, limits, Map.of());
    }

    public static TestServer in(
            Path directory,
            UnaryOperator<ServerSettings> change,
            Clock clock,
            AccessLimits limits,
            Map<String, String> environment) {
        try {
            Files.createDirectories(directory.resolve("dev"));
            Files.createDirectories(directory.resolve("prod"));
            if (!Files.exists(directory.resolve("replicator.yaml"))) {
                Files.writeString(directory.resolve("replicator.yaml"), """
                    version: 1
                    jobs:
                      media: { source: "./dev", destination: "./prod" }
                    """);
            }
            Configuration configuration = new ConfigLoader(directory, environment)
                    .load(Optional.empty())
                    .withServer(change.apply(settings("127.0.0.1", "/", List.of(), allRoles())));
            return new TestServer(ReplicatorServer.start(
                    configuration, Replicator.create(), directory.resolve("state"), clock, "here", limits));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static ServerSettings settings(String host, String basePath, List<String> hosts, List<AccessToken> tokens) {
        return ServerSettings.DEFAULT
                .withListen(new ListenAddress(host, 0))
                .withBasePath(basePath)
                .withHosts(hosts)
                .withTokens(tokens);
    }

    public static List<AccessToken> allRoles() {
        return Arrays.stream(Role.values())
                .map(role -> new AccessToken(nameOf(role), role, Secrets.sha256(tokenOf(role))))
                .toList();
    }

    /** The token of a role's one bearer. */
    public static String tokenOf(Role role) {
        return "the-token-of-a-test-" + nameOf(role) + "-that-is-long";
    }

    public static String nameOf(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }

    public ReplicatorServer server() {
        return server;
    }

    /** Its root, without the base path. */
    public URI root() {
        return server.uri().resolve("/");
    }

    /** A client that bears the token of that role and holds every exchange against the API's description. */
    public ApiClient as(Role role) {
        return anybody().with("Authorization", "Bearer " + tokenOf(role));
    }

    /** A client without a token, which holds every exchange against the API's description. */
    public ApiClient anybody() {
        return new ApiClient(root());
    }

    @Override
    public void close() {
        server.close();
    }
}

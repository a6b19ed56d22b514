package dev.replicator.server.browser;

import dev.replicator.Replicator;
import dev.replicator.config.AccessToken;
import dev.replicator.config.ConfigLoader;
import dev.replicator.config.Configuration;
import dev.replicator.config.ListenAddress;
import dev.replicator.config.Role;
import dev.replicator.config.ServerSettings;
import dev.replicator.server.ReplicatorServer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The server as it is delivered, over directories, with a token for each of two roles. */
final class DashboardServer implements AutoCloseable {
    static final String ADMIN = "admin-token-of-the-tests-0123456789";
    static final String VIEWER = "viewer-token-of-the-tests-0123456789";

    private final ReplicatorServer server;

    private DashboardServer(ReplicatorServer server) {
        this.server = server;
    }

    /**
     * Starts one on a free port.
     *
     * @param directory where {@code replicator.yaml} is
     * @param basePath where a proxy would put it
     */
    static DashboardServer start(Path directory, String basePath) {
        Configuration configuration = new ConfigLoader(directory, Map.of())
                .load(Optional.empty())
                .withServer(ServerSettings.DEFAULT
                        .withListen(new ListenAddress("127.0.0.1", 0))
                        .withBasePath(basePath)
                        .withTokens(List.of(
                                new AccessToken("grace", Role.ADMIN, digest(ADMIN)),
                                new AccessToken("visitor", Role.VIEWER, digest(VIEWER))))
                        .withTitle("Acme media"));
        return new DashboardServer(ReplicatorServer.start(
                configuration, Replicator.create(), directory.resolve("state"), Clock.systemUTC(), "here"));
    }

    /** Makes a directory with files, each with its own name as content. */
    static void fill(Path directory, String... names) throws IOException {
        Files.createDirectories(directory);
        for (String name : names) {
            Path file = directory.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "of " + name);
        }
    }

    /** The dashboard's address, with a slash at its end. */
    URI uri() {
        String text = server.uri().toString();
        return URI.create(text.endsWith("/") ? text : text + "/");
    }

    private static String digest(String token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}

package dev.replicator.config;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How the server listens, whom it lets in and what it remembers. Immutable.
 *
 * @param host name or address to listen at; no port
 * @param port 0 to 65535; 0 is a free one
 * @param basePath where a proxy puts the server, {@code /} or {@code /some/path} without a slash at its end
 * @param hosts names in addition to {@code host} and this machine's loopback under which browsers may reach it
 * @param tokens whom it lets in; none: the server makes one for this machine's user
 * @param database empty: a file in the state directory; else a JDBC URL ({@code jdbc:sqlite:…} or
 *     {@code jdbc:postgresql:…})
 * @param databaseUser for a database that asks; may be empty
 * @param databasePassword for a database that asks; may be empty
 * @param keepRuns how long runs and what became of their objects are remembered
 * @param maxRuns of a job, the newest that are remembered
 * @param title what the dashboard is called
 * @param publicUrl where people reach the dashboard, with a slash at its end; notifications lead there
 */
public record ServerSettings(
        String host,
        int port,
        String basePath,
        List<String> hosts,
        List<AccessToken> tokens,
        Optional<String> database,
        String databaseUser,
        String databasePassword,
        Duration keepRuns,
        int maxRuns,
        String title,
        Optional<URI> publicUrl) {
    public static final ServerSettings DEFAULT = new ServerSettings(
            "127.0.0.1",
            8080,
            "/",
            List.of(),
            List.of(),
            Optional.empty(),
            "",
            "",
            Duration.ofDays(180),
            5_000,
            "Replicator",
            Optional.empty());

    public ServerSettings {
        hosts = List.copyOf(hosts);
        tokens = List.copyOf(tokens);
    }

    /** The same without an address that people reach it at. */
    public ServerSettings(
            String host,
            int port,
            String basePath,
            List<String> hosts,
            List<AccessToken> tokens,
            Optional<String> database,
            String databaseUser,
            String databasePassword,
            Duration keepRuns,
            int maxRuns,
            String title) {
        this(
                host,
                port,
                basePath,
                hosts,
                tokens,
                database,
                databaseUser,
                databasePassword,
                keepRuns,
                maxRuns,
                title,
                Optional.empty());
    }

    /** Where it listens. */
    public ListenAddress listen() {
        return new ListenAddress(host, port);
    }

    /** The same, listening there. */
    public ServerSettings withListen(ListenAddress other) {
        return new ServerSettings(
                other.host(),
                other.port(),
                basePath,
                hosts,
                tokens,
                database,
                databaseUser,
                databasePassword,
                keepRuns,
                maxRuns,
                title,
                publicUrl);
    }

    /**
     * The same below that path.
     *
     * @throws IllegalArgumentException saying why it can't be one
     */
    public ServerSettings withBasePath(String other) {
        return new ServerSettings(
                host,
                port,
                ServerKeys.path(other),
                hosts,
                tokens,
                database,
                databaseUser,
                databasePassword,
                keepRuns,
                maxRuns,
                title,
                publicUrl);
    }

    /**
     * The same with that JDBC URL.
     *
     * @throws IllegalArgumentException saying why it can't be one, without repeating it
     */
    public ServerSettings withDatabase(String other) {
        return new ServerSettings(
                host,
                port,
                basePath,
                hosts,
                tokens,
                Optional.of(ServerKeys.database(other)),
                databaseUser,
                databasePassword,
                keepRuns,
                maxRuns,
                title,
                publicUrl);
    }

    /** Without what opens anything. */
    @Override
    public String toString() {
        return "ServerSettings[" + host + ":" + port + basePath + ", tokens=" + tokens + "]";
    }
}

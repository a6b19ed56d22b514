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
 * @param trustedProxies whose word about whom they speak for is believed; nobody else's is
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
        List<Network> trustedProxies,
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
        trustedProxies = List.copyOf(trustedProxies);
        tokens = List.copyOf(tokens);
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
                trustedProxies,
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
                trustedProxies,
                tokens,
                database,
                databaseUser,
                databasePassword,
                keepRuns,
                maxRuns,
                title,
                publicUrl);
    }

    /** The same under other names; see {@link #hosts}. */
    public ServerSettings withHosts(List<String> other) {
        return new ServerSettings(
                host,
                port,
                basePath,
                other,
                trustedProxies,
                tokens,
                database,
                databaseUser,
                databasePassword,
                keepRuns,
                maxRuns,
                title,
                publicUrl);
    }

    /** The same behind those proxies. */
    public ServerSettings withTrustedProxies(List<Network> other) {
        return new ServerSettings(
                host,
                port,
                basePath,
                hosts,
                other,
                tokens,
                database,
                databaseUser,
                databasePassword,
                keepRuns,
                maxRuns,
                title,
                publicUrl);
    }

    /** The same for those who bear these. */
    public ServerSettings withTokens(List<AccessToken> other) {
        return new ServerSettings(
                host,
                port,
                basePath,
                hosts,
                trustedProxies,
                other,
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
                trustedProxies,
                tokens,
                Optional.of(ServerKeys.database(other)),
                databaseUser,
                databasePassword,
                keepRuns,
                maxRuns,
                title,
                publicUrl);
    }

    /** The same with what its database asks for; either may be empty. */
    public ServerSettings withDatabaseLogin(String user, String password) {
        return new ServerSettings(
                host,
                port,
                basePath,
                hosts,
                trustedProxies,
                tokens,
                database,
                user,
                password,
                keepRuns,
                maxRuns,
                title,
                publicUrl);
    }

    /** The same, called so. */
    public ServerSettings withTitle(String other) {
        return new ServerSettings(
                host,
                port,
                basePath,
                hosts,
                trustedProxies,
                tokens,
                database,
                databaseUser,
                databasePassword,
                keepRuns,
                maxRuns,
                other,
                publicUrl);
    }

    /** Without what opens anything. */
    @Override
    public String toString() {
        return "ServerSettings[" + host + ":" + port + basePath + ", tokens=" + tokens + "]";
    }
}

package dev.replicator.server;

import dev.replicator.Replicator;
import dev.replicator.config.Configuration;
import dev.replicator.config.ServerSettings;
import dev.replicator.hook.LeasedRuns;
import dev.replicator.server.access.AccessLimits;
import dev.replicator.server.access.AccessTokens;
import dev.replicator.server.access.ListenAddress;
import dev.replicator.server.access.OwnToken;
import dev.replicator.server.api.AboutRoutes;
import dev.replicator.server.api.Api;
import dev.replicator.server.api.JobJson;
import dev.replicator.server.event.EventHub;
import dev.replicator.server.health.Readiness;
import dev.replicator.server.history.Database;
import dev.replicator.server.history.SqlRunLog;
import dev.replicator.server.metrics.ServerMetrics;
import dev.replicator.server.notify.Notifications;
import dev.replicator.server.run.Jobs;
import dev.replicator.server.run.RunLog;
import dev.replicator.server.run.RunObserver;
import dev.replicator.server.run.Runs;
import dev.replicator.server.schedule.DeferredDeployments;
import dev.replicator.server.schedule.ScheduleRoutes;
import dev.replicator.server.schedule.Schedules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server: everything wired, from the configuration to the port. Close it to stop. */
public final class ReplicatorServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ReplicatorServer.class);

    private final Api api;
    private final List<AutoCloseable> parts;
    private final InetSocketAddress address;
    private final String basePath;
    private final Optional<OwnToken> ownToken;

    private ReplicatorServer(
            Api api,
            List<AutoCloseable> parts,
            InetSocketAddress address,
            String basePath,
            Optional<OwnToken> ownToken) {
        this.api = api;
        this.parts = parts;
        this.address = address;
        this.basePath = basePath;
        this.ownToken = ownToken;
    }

    /**
     * Starts as {@link Configuration#server()} says; it serves when this returns.
     *
     * @param stateDirectory what is remembered where the settings name no database, and the token where they name none;
     *     it is made when it is missing
     * @param host this machine's name, for whoever finds a job's lease held
     * @throws dev.replicator.config.ConfigException when it would be open to other machines without a token
     * @throws dev.replicator.server.access.UnsafeTokenException when the token's file can't be trusted
     * @throws dev.replicator.server.run.RunLogException when the history can't be used
     */
    public static ReplicatorServer start(
            Configuration configuration, Replicator replicator, Path stateDirectory, Clock clock, String host) {
        return start(configuration, replicator, stateDirectory, clock, host, AccessLimits.DEFAULT);
    }

    static ReplicatorServer start(
            Configuration configuration,
            Replicator replicator,
            Path stateDirectory,
            Clock clock,
            String host,
            AccessLimits limits) {
        ServerSettings settings = configuration.server();
        InetSocketAddress address = ListenAddress.of(settings);
        Optional<OwnToken> ownToken =
                settings.tokens().isEmpty() ? Optional.of(OwnToken.in(stateDirectory)) : Optional.empty();
        AccessTokens tokens = new AccessTokens(
                ownToken.map(own -> List.of(own.asAccessToken())).orElse(settings.tokens()));
        Database database = database(settings, stateDirectory);
        RunLog history = new SqlRunLog(database);
        history.interrupt();
        EventHub hub = new EventHub();
        Jobs jobs = new Jobs(configuration);
        ServerMetrics metrics = new ServerMetrics(jobs.names());
        Notifications notifications = new Notifications(
                configuration.notifications(), jobs.names(), database, history, Optional.empty(), clock);
        RunObserver observers = new Observers(List.of(new RunEvents(hub, clock), metrics, notifications));
        Runs runs = new Runs(jobs, replicator, new LeasedRuns(replicator, clock, host), history, observers, clock);
        metrics.remember(history);
        Schedules schedules = Schedules.start(configuration, database, runs::start, clock);
        DeferredDeployments deferred = DeferredDeployments.start(configuration, replicator, clock, host, observers);
        JobJson described = new JobJson(jobs, history, schedules.scheduler());
        Readiness readiness = Readiness.of(history, schedules::areAlive);
        Api api = Api.start(
                address,
                settings,
                limits,
                new Api.Parts(database, tokens, jobs, runs, described, hub, metrics, clock),
                List.of(
                        new AboutRoutes(settings.title()),
                        new ScheduleRoutes(schedules.scheduler(), described),
                        notifications,
                        metrics,
                        readiness));
        return new ReplicatorServer(
                api,
                List.of(schedules, readiness, deferred, runs, notifications, metrics),
                address,
                settings.basePath(),
                ownToken);
    }

    private static Database database(ServerSettings settings, Path stateDirectory) {
        if (settings.database().isPresent()) {
            throw new UnsupportedOperationException("server.database");
        }
        try {
            Files.createDirectories(stateDirectory);
        } catch (IOException e) {
            throw new UncheckedIOException("the state directory " + stateDirectory + " can't be made", e);
        }
        return Database.inFile(stateDirectory.resolve("server.db"));
    }

    /** Where it listens, with the base path. */
    public URI uri() {
        String literal = address.getAddress().getHostAddress();
        String name = address.getAddress() instanceof Inet6Address ? "[" + literal + "]" : literal;
        return URI.create("http://" + name + ":" + api.port() + basePath);
    }

    /** The token that was made for this machine's user, where none is configured. */
    public Optional<OwnToken> ownToken() {
        return ownToken;
    }

    /** Takes no more orders, then stops what is under way. */
    @Override
    public void close() {
        api.close();
        for (AutoCloseable part : parts) {
            try {
                part.close();
            } catch (Exception e) {
                log.warn("the server's {} did not stop well", part.getClass().getSimpleName(), e);
            }
        }
    }
}

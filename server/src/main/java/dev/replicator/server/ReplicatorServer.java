package dev.replicator.server;

import dev.replicator.Replicator;
import dev.replicator.config.Configuration;
import dev.replicator.config.ServerSettings;
import dev.replicator.hook.LeasedRuns;
import dev.replicator.server.access.AccessLimits;
import dev.replicator.server.access.AccessTokens;
import dev.replicator.server.access.BindAddress;
import dev.replicator.server.access.OwnToken;
import dev.replicator.server.api.AboutRoutes;
import dev.replicator.server.api.Api;
import dev.replicator.server.api.Router;
import dev.replicator.server.api.run.JobJson;
import dev.replicator.server.api.run.RunApi;
import dev.replicator.server.event.EventHub;
import dev.replicator.server.files.OwnerOnly;
import dev.replicator.server.health.Readiness;
import dev.replicator.server.history.Database;
import dev.replicator.server.history.Presence;
import dev.replicator.server.history.ReportImport;
import dev.replicator.server.history.Retention;
import dev.replicator.server.history.SqlPlanShelf;
import dev.replicator.server.history.SqlRunLog;
import dev.replicator.server.metrics.ServerMetrics;
import dev.replicator.server.notify.Notifications;
import dev.replicator.server.run.Jobs;
import dev.replicator.server.run.RunObserver;
import dev.replicator.server.run.Runs;
import dev.replicator.server.run.Timings;
import dev.replicator.server.schedule.DeferredDeployments;
import dev.replicator.server.schedule.ScheduleRoutes;
import dev.replicator.server.schedule.Schedules;
import dev.replicator.server.upkeep.BucketReports;
import dev.replicator.server.upkeep.StatusSource;
import dev.replicator.server.upkeep.Upkeep;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server: everything wired, from the configuration to the port. Close it to stop. */
public final class ReplicatorServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ReplicatorServer.class);

    private final InetSocketAddress address;
    private final ServerSettings settings;
    private final Optional<OwnToken> ownToken;
    /** Those that were made last first. */
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    private Timings timings = Timings.NONE;
    /** What is under way everywhere is asked to stop before anything is waited for. */
    private List<Runnable> stops = List.of();

    private int port;

    private ReplicatorServer(InetSocketAddress address, ServerSettings settings, Optional<OwnToken> ownToken) {
        this.address = address;
        this.settings = settings;
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
        InetSocketAddress address = BindAddress.of(settings);
        Optional<OwnToken> ownToken =
                settings.tokens().isEmpty() ? Optional.of(OwnToken.in(stateDirectory)) : Optional.empty();
        ReplicatorServer server = new ReplicatorServer(address, settings, ownToken);
        try {
            server.begin(configuration, replicator, stateDirectory, clock, host, limits);
            return server;
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private void begin(
            Configuration configuration,
            Replicator replicator,
            Path stateDirectory,
            Clock clock,
            String host,
            AccessLimits limits) {
        AccessTokens tokens = new AccessTokens(
                ownToken.map(own -> List.of(own.asAccessToken())).orElse(settings.tokens()));
        Database database = part(database(stateDirectory));
        SqlRunLog history = new SqlRunLog(database);
        SqlPlanShelf plans = new SqlPlanShelf(database);
        Presence presence = new Presence(database, Upkeep.PATIENCE);
        List<String> interrupted = presence.begin();
        EventHub hub = new EventHub();
        Jobs jobs = new Jobs(configuration);
        ServerMetrics metrics = part(new ServerMetrics(jobs.names()));
        metrics.remember(history);
        Notifications notifications = part(new Notifications(
                configuration.notifications(), jobs.names(), database, history, settings.publicUrl(), clock));
        metrics.watch(notifications::waiting);
        RunObserver observers = new Observers(List.of(new RunEvents(hub, clock), metrics, notifications));
        Runs runs =
                new Runs(jobs, replicator, new LeasedRuns(replicator, clock, host), history, plans, observers, clock);
        Retention retention = new Retention(database, settings.keepRuns(), settings.maxRuns(), clock);
        BucketReports reports =
                part(new BucketReports(jobs, replicator, new ReportImport(database, history, retention), clock));
        Upkeep upkeep = part(new Upkeep(presence, runs, reports, retention, interrupted));
        part(runs); // ended while upkeep still says that this server lives
        Schedules schedules = part(Schedules.start(configuration, database, runs::startInTurn, clock));
        timings = schedules.scheduler();
        DeferredDeployments deferred =
                part(DeferredDeployments.start(configuration, replicator, clock, host, observers));
        stops = List.of(runs::stop, deferred::stop);
        Readiness readiness = part(Readiness.of(
                history,
                List.of(
                        new Readiness.Loop("schedules", schedules::areAlive),
                        new Readiness.Loop("notifications", notifications::areAlive))));
        JobJson described = new JobJson(jobs, runs, schedules.scheduler());
        StatusSource status = new StatusSource(jobs, replicator, clock);
        List<Router.Routes> routes = new ArrayList<>(
                RunApi.routes(jobs, runs, described, plans, status::of, reports::refresh, presence::askToStop, clock));
        routes.addAll(List.of(
                new AboutRoutes(settings.title()),
                new ScheduleRoutes(schedules.scheduler(), described),
                notifications,
                metrics,
                readiness));
        Api api = part(Api.start(
                address, settings, limits, new Api.Parts(database, tokens, hub, metrics, clock), List.copyOf(routes)));
        port = api.port();
        upkeep.start();
    }

    private <T extends AutoCloseable> T part(T part) {
        parts.push(part);
        return part;
    }

    private Database database(Path stateDirectory) {
        if (settings.database().isPresent()) {
            return Database.at(settings.database().get(), settings.databaseUser(), settings.databasePassword());
        }
        try {
            OwnerOnly.directory(stateDirectory);
        } catch (IOException e) {
            throw new UncheckedIOException("the state directory " + stateDirectory + " can't be made", e);
        }
        return Database.inFile(stateDirectory.resolve("server.db"));
    }

    /** Where it listens, with the base path. */
    public URI uri() {
        String literal = address.getAddress().getHostAddress();
        String name = address.getAddress() instanceof Inet6Address ? "[" + literal + "]" : literal;
        return URI.create("http://" + name + ":" + port + settings.basePath());
    }

    /** When a job runs next by itself: empty where nothing says so, and while its schedules rest. */
    public Optional<Instant> nextRun(String job) {
        return timings.nextRun(job);
    }

    /** The token that was made for this machine's user, where none is configured. */
    public Optional<OwnToken> ownToken() {
        return ownToken;
    }

    /** Takes no more orders, then stops what is under way. */
    @Override
    public void close() {
        stops.forEach(Runnable::run);
        while (!parts.isEmpty()) {
            closeQuietly(parts.pop());
        }
    }

    /** One part that can't be closed must not keep the others open. */
    private static void closeQuietly(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            log.warn("the server's {} did not stop well", part.getClass().getSimpleName(), e);
        }
    }
}

package dev.replicator.server;

import dev.replicator.Replicator;
import dev.replicator.config.Configuration;
import dev.replicator.config.ServerSettings;
import dev.replicator.hook.LeasedRuns;
import dev.replicator.server.api.Api;
import dev.replicator.server.api.RunApi;
import dev.replicator.server.event.EventHub;
import dev.replicator.server.history.Database;
import dev.replicator.server.history.Presence;
import dev.replicator.server.history.ReportImport;
import dev.replicator.server.history.Retention;
import dev.replicator.server.history.SqlPlanShelf;
import dev.replicator.server.history.SqlRunLog;
import dev.replicator.server.run.Jobs;
import dev.replicator.server.run.Runs;
import dev.replicator.server.upkeep.BucketReports;
import dev.replicator.server.upkeep.StatusSource;
import dev.replicator.server.upkeep.Upkeep;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;

/** The server: everything wired, from the configuration to the port. Close it to stop. */
public final class ReplicatorServer implements AutoCloseable {
    private final InetSocketAddress address;
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private int port;

    private ReplicatorServer(InetSocketAddress address) {
        this.address = address;
    }

    /**
     * Starts; it serves when this returns.
     *
     * @param host this machine's name, for whoever finds a job's lease held
     * @param history the file that remembers runs, unless the configuration names a database; it is made when it is missing
     * @throws dev.replicator.server.run.RunLogException when the history can't be used
     */
    public static ReplicatorServer start(
            InetSocketAddress address,
            Configuration configuration,
            Replicator replicator,
            Clock clock,
            String host,
            Path history) {
        ReplicatorServer server = new ReplicatorServer(address);
        try {
            server.begin(configuration, replicator, clock, host, history);
            return server;
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private void begin(Configuration configuration, Replicator replicator, Clock clock, String host, Path history) {
        ServerSettings settings = configuration.server();
        Database database = part(settings.database()
                .map(url -> Database.at(url, settings.databaseUser(), settings.databasePassword()))
                .orElseGet(() -> Database.inFile(history)));
        SqlRunLog log = new SqlRunLog(database);
        SqlPlanShelf plans = new SqlPlanShelf(database);
        Presence presence = new Presence(database, Upkeep.PATIENCE);
        presence.begin();
        EventHub hub = new EventHub();
        Jobs jobs = new Jobs(configuration);
        Retention retention = new Retention(database, settings.keepRuns(), settings.maxRuns(), clock);
        BucketReports reports =
                part(new BucketReports(jobs, replicator, new ReportImport(database, log, retention), clock));
        Runs runs = part(new Runs(
                jobs,
                replicator,
                new LeasedRuns(replicator, clock, host),
                log,
                plans,
                new RunEvents(hub, clock),
                clock));
        Upkeep upkeep = part(new Upkeep(presence, runs, reports, retention));
        StatusSource status = new StatusSource(jobs, replicator, clock);
        Api api = part(Api.start(
                address,
                hub,
                RunApi.routes(jobs, runs, plans, status::of, reports::refresh, presence::askToStop, clock)));
        port = api.port();
        upkeep.start();
    }

    private <T extends AutoCloseable> T part(T part) {
        parts.push(part);
        return part;
    }

    /** Where it listens. */
    public URI uri() {
        return URI.create("http://" + address.getAddress().getHostAddress() + ":" + port);
    }

    /** Takes no more orders, then stops what is under way. */
    @Override
    public void close() {
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
            org.slf4j.LoggerFactory.getLogger(ReplicatorServer.class).warn("stopping: {}", e.toString());
        }
    }
}

package dev.replicator.server;

import dev.replicator.Replicator;
import dev.replicator.config.Configuration;
import dev.replicator.hook.LeasedRuns;
import dev.replicator.server.api.Api;
import dev.replicator.server.event.EventHub;
import dev.replicator.server.history.Database;
import dev.replicator.server.history.SqlRunLog;
import dev.replicator.server.run.Jobs;
import dev.replicator.server.run.RunLog;
import dev.replicator.server.run.Runs;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** The server: everything wired, from the configuration to the port. Close it to stop. */
public final class ReplicatorServer implements AutoCloseable {
    private final Api api;
    private final Runs runs;
    private final InetSocketAddress address;

    private ReplicatorServer(Api api, Runs runs, InetSocketAddress address) {
        this.api = api;
        this.runs = runs;
        this.address = address;
    }

    /**
     * Starts; it serves when this returns.
     *
     * @param host this machine's name, for whoever finds a job's lease held
     * @param history the file that remembers runs; it is made when it is missing
     * @throws dev.replicator.server.run.RunLogException when the history can't be used
     */
    public static ReplicatorServer start(
            InetSocketAddress address,
            Configuration configuration,
            Replicator replicator,
            Clock clock,
            String host,
            Path history) {
        RunLog log = new SqlRunLog(Database.inFile(history));
        log.interrupt();
        EventHub hub = new EventHub();
        Jobs jobs = new Jobs(configuration);
        Runs runs = new Runs(
                jobs, replicator, new LeasedRuns(replicator, clock, host), log, new RunEvents(hub, clock), clock);
        return new ReplicatorServer(Api.start(address, jobs, runs, hub, List.of()), runs, address);
    }

    /** Where it listens. */
    public URI uri() {
        return URI.create("http://" + address.getAddress().getHostAddress() + ":" + api.port());
    }

    /** Takes no more orders, then stops what is under way. */
    @Override
    public void close() {
        api.close();
        runs.close();
    }
}

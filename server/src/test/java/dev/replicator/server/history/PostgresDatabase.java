package dev.replicator.server.history;

import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** The history in a real PostgreSQL, for the tests of one class; skips them where this machine has none. */
public final class PostgresDatabase implements AutoCloseable {
    private final PostgresServer server;
    private final Database database;

    private PostgresDatabase(PostgresServer server, Database database) {
        this.server = server;
        this.database = database;
    }

    public static PostgresDatabase start() throws Exception {
        Optional<PostgresServer> found = PostgresServer.start();
        Assumptions.assumeTrue(found.isPresent(), "no PostgreSQL on this machine: initdb and pg_ctl were not found");
        return new PostgresDatabase(found.get(), Database.at(found.get().url(), PostgresServer.USER, ""));
    }

    /** The same one again, with nothing in it. */
    public Database emptied() {
        database.change(
                handle -> handle.execute("truncate run, result, plan, plan_part, server_instance, login_session,"
                        + " audit, idempotency, schedule, pause, job_condition, delivery"));
        return database;
    }

    int port() {
        return server.port();
    }

    public String url() {
        return server.url();
    }

    @Override
    public void close() throws Exception {
        database.close();
        server.close();
    }
}

package dev.replicator.server.schedule;

import dev.replicator.server.history.Database;
import dev.replicator.server.history.PostgresDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The same over a PostgreSQL that several servers share. */
class PostgresSchedulerTest extends SchedulerTest {
    private static PostgresDatabase postgres;

    @BeforeAll
    static void start() throws Exception {
        postgres = PostgresDatabase.start();
    }

    @AfterAll
    static void stop() throws Exception {
        if (postgres != null) {
            postgres.close();
        }
    }

    @Override
    Database freshDatabase() {
        return postgres.emptied();
    }
}

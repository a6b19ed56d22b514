package dev.replicator.server.history;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.replicator.server.run.RunLogException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The history in a PostgreSQL that several servers share. */
class PostgresHistoryTest extends HistoryContract {
    private static PostgresServer server;
    private static Database shared;

    @BeforeAll
    static void start() throws Exception {
        server = PostgresServer.start().orElse(null);
        Assumptions.assumeTrue(server != null, "no PostgreSQL on this machine: initdb and pg_ctl were not found");
        shared = Database.at(server.url(), PostgresServer.USER, "");
    }

    @AfterAll
    static void stop() throws Exception {
        if (shared != null) {
            shared.close();
        }
        if (server != null) {
            server.close();
        }
    }

    @Override
    Database database() {
        return shared;
    }

    @Override
    Database again() {
        return Database.at(server.url(), "replicator", "any");
    }

    @Test
    void aDatabaseThatCannotBeReachedIsRefusedWithoutItsPassword() {
        assertThatThrownBy(() -> Database.at(server.url().replace("/postgres", "/missing"), "replicator", "s3cret"))
                .isInstanceOf(RunLogException.class)
                .hasMessageContaining("missing")
                .hasMessageNotContaining("s3cret");
    }
}

package dev.replicator.gcs;

import dev.replicator.testkit.servers.FakeGcsServer;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;

/** The contract on fake-gcs-server, where Python has its wheel. */
@Tag("long")
@EnabledIf(value = "dev.replicator.testkit.servers.FakeGcsServer#isAvailable", disabledReason = FakeGcsServer.MISSING)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FakeGcsServerContractTest implements FakeGcsServerContract {
    private FakeGcsServer server;

    @BeforeAll
    void start() {
        server = FakeGcsServer.start();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Override
    public URI endpoint() {
        return server.endpoint();
    }
}

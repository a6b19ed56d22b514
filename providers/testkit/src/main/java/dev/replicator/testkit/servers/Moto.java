package dev.replicator.testkit.servers;

import java.net.URI;
import java.util.List;

/** Moto, which speaks S3. */
public final class Moto implements AutoCloseable {
    /** What to say where it is missing. */
    public static final String MISSING = "skipped: moto (python3 -m pip install 'moto[server]')";

    private final ServerProcess process;

    private Moto(ServerProcess process) {
        this.process = process;
    }

    public static boolean isAvailable() {
        return !ServerProcess.output("python3", "-c", "import moto.server; print('here')")
                .isEmpty();
    }

    /** Starts one; it serves when this returns. */
    public static Moto start() {
        return new Moto(ServerProcess.start(
                "/moto-api/data.json",
                port -> List.of(
                        "python3", "-u", "-m", "moto.server", "-H", "127.0.0.1", "-p", Integer.toString(port))));
    }

    public URI endpoint() {
        return process.endpoint();
    }

    @Override
    public void close() {
        process.close();
    }
}

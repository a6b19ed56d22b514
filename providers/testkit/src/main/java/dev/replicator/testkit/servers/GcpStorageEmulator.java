package dev.replicator.testkit.servers;

import java.net.URI;
import java.util.List;

/** The gcp-storage-emulator of oittaa, which serves one connection at a time. */
public final class GcpStorageEmulator implements AutoCloseable {
    /** What to say where it is missing. */
    public static final String MISSING = "skipped: gcp-storage-emulator (python3 -m pip install gcp-storage-emulator)";

    static final String BUCKETS = "/storage/v1/b?project=contract";

    private final ServerProcess process;

    private GcpStorageEmulator(ServerProcess process) {
        this.process = process;
    }

    public static boolean isAvailable() {
        return !ServerProcess.output("python3", "-c", "import gcp_storage_emulator; print('here')")
                .isEmpty();
    }

    /** Starts one; it serves when this returns. */
    public static GcpStorageEmulator start() {
        return new GcpStorageEmulator(ServerProcess.start(
                BUCKETS,
                port -> List.of(
                        "python3",
                        "-u",
                        "-m",
                        "gcp_storage_emulator",
                        "start",
                        "-M",
                        "-H",
                        "127.0.0.1",
                        "--port",
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

package dev.replicator.distribution;

import java.nio.file.Files;
import java.nio.file.Path;

/** What the build packed. */
final class Packed {
    static final Path DIRECTORY = Path.of(System.getProperty("replicator.distribution", "target"));
    static final String VERSION = System.getProperty("replicator.version", "0.1.0-SNAPSHOT");

    private Packed() {}

    static Path archive(String ending) {
        return DIRECTORY.resolve("replicator-" + VERSION + ending);
    }

    static Path debian() {
        return DIRECTORY.resolve("replicator_" + VERSION + "_amd64.deb");
    }

    static boolean isThere(String program) {
        return Files.isExecutable(Path.of("/usr/bin", program));
    }
}

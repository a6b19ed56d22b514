package dev.replicator.server.history;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** An empty history for a test: its tables are made once, and copied. */
public final class FreshDatabase {
    private static final byte[] TEMPLATE = template();

    private FreshDatabase() {}

    public static Database in(Path directory) {
        try {
            Path file = directory.resolve("history.db");
            Files.write(file, TEMPLATE);
            return Database.inFile(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One that waits for other processes only so long. */
    public static Database in(Path directory, int busyMillis) {
        try {
            Path file = directory.resolve("history.db");
            Files.write(file, TEMPLATE);
            return Database.inFile(file, config -> config.setBusyTimeout(busyMillis));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] template() {
        try {
            Path directory = Files.createTempDirectory("replicator-template");
            Path file = directory.resolve("history.db");
            Database.inFile(file);
            byte[] bytes = Files.readAllBytes(file);
            try (java.util.stream.Stream<Path> files = Files.list(directory)) {
                for (Path left : files.toList()) {
                    Files.delete(left);
                }
            }
            Files.delete(directory);
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

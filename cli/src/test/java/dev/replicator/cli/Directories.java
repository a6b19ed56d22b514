package dev.replicator.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Directories as buckets, for tests. */
final class Directories {
    private Directories() {}

    /** Writes a file that was modified long ago. */
    static void put(Path root, String key, String content) {
        put(root, key, content, Instant.parse("2026-01-01T00:00:00Z"));
    }

    static void put(Path root, String key, String content, Instant modified) {
        try {
            Path file = root.resolve(key);
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
            Files.setLastModifiedTime(file, FileTime.from(modified));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every file under {@code root} with its content, our own objects left out. */
    static Map<String, String> content(Path root) {
        Map<String, String> content = everything(root);
        content.keySet().removeIf(key -> key.startsWith(".replicator/"));
        return content;
    }

    static Map<String, String> everything(Path root) {
        Map<String, String> content = new TreeMap<>();
        if (Files.notExists(root)) {
            return content;
        }
        try (Stream<Path> files = Files.walk(root)) {
            files.filter(Files::isRegularFile)
                    .forEach(file -> content.put(root.relativize(file).toString(), read(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return content;
    }

    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.replicator.tests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Makes and reads directory trees. */
final class Trees {
    private Trees() {}

    /** Fills {@code root} with so many files of seeded bytes, sizes 0 to {@code largest}. */
    static void fill(Path root, int files, int largest, long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < files; i++) {
            byte[] content = new byte[random.nextInt(largest + 1)];
            random.nextBytes(content);
            write(root.resolve("part-" + i % 7).resolve("file %04d.bin".formatted(i)), content);
        }
    }

    static void write(Path file, byte[] content) {
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Relative path → SHA-256 of every regular file, our own control area apart. */
    static SortedMap<String, String> digests(Path root) {
        SortedMap<String, String> digests = new TreeMap<>();
        if (!Files.exists(root)) {
            return digests;
        }
        try (Stream<Path> files = Files.walk(root)) {
            files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .filter(file -> !root.relativize(file).startsWith(".replicator"))
                    .forEach(file -> digests.put(root.relativize(file).toString(), digest(read(file))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return digests;
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

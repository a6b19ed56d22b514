package dev.replicator.cli.session;

import dev.replicator.report.ReportJson;
import dev.replicator.report.RunReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Where runs of locations given by hand leave what they must remember: {@code $XDG_STATE_HOME/replicator}. */
public final class StateDirectory {
    private static final int KEPT = 50;
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Path directory;

    public StateDirectory(Map<String, String> environment) {
        String home = environment.getOrDefault("HOME", System.getProperty("user.home"));
        String state = environment.getOrDefault("XDG_STATE_HOME", "");
        // The specification of base directories: a relative path is to be ignored.
        Path base = Path.of(state).isAbsolute() ? Path.of(state) : Path.of(home, ".local", "state");
        directory = base.resolve("replicator");
    }

    public Path path() {
        return directory;
    }

    /** Keeps a report, and the newest {@value #KEPT} of them. */
    public void keep(RunReport report) throws IOException {
        Path runs = ownersOnly(directory.resolve("runs"));
        String name = STAMP.format(report.startedAt()) + "-" + report.runId().replaceAll("[^A-Za-z0-9._-]", "_");
        Path partial = Files.writeString(runs.resolve("." + name + ".partial"), ReportJson.of(report) + "\n");
        Files.move(partial, runs.resolve(name + ".json"), StandardCopyOption.ATOMIC_MOVE);
        prune(runs);
    }

    /** Makes a directory, with those above it, where there is none; reports name keys, so it is for nobody else to read. */
    public static Path ownersOnly(Path made) throws IOException {
        return made.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? Files.createDirectories(
                        made, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")))
                : Files.createDirectories(made);
    }

    private static void prune(Path runs) throws IOException {
        List<Path> kept;
        try (Stream<Path> files = Files.list(runs)) {
            kept = files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
        for (Path old : kept.subList(0, Math.max(0, kept.size() - KEPT))) {
            Files.deleteIfExists(old);
        }
    }
}

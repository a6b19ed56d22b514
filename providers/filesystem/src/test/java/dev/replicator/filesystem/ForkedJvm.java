package dev.replicator.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.replicator.store.ObjectKey;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/** Runs {@link Probe} in a JVM of its own, under another user, locale or set of mounts. */
final class ForkedJvm {
    private static final List<Class<?>> NEEDED = List.of(
            Probe.class,
            FileStore.class,
            ObjectKey.class,
            ObjectMapper.class,
            JsonFactory.class,
            JsonCreator.class,
            LoggerFactory.class);

    private final Path folder;

    /** @param folder for a copy of the classes that everybody may read */
    ForkedJvm(Path folder) {
        this.folder = folder;
    }

    static boolean isRoot() throws IOException {
        return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    }

    /** The lines that the probe prints. */
    List<String> run(List<String> wrapper, String locale, Path root, String... commands) throws Exception {
        List<String> command = new ArrayList<>(wrapper);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath(),
                Probe.class.getName(),
                root.toString()));
        command.addAll(List.of(commands));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("LC_ALL", locale);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        List<String> lines = output.lines().toList();
        assumeTrue(lines.contains(Probe.STARTED), "SKIPPED: not possible here: " + wrapper);
        assertThat(process.exitValue()).as(output).isZero();
        return lines.subList(1, lines.size());
    }

    /** Copies, because another user may not enter this one's home. */
    private String classPath() throws Exception {
        open(folder);
        List<String> path = new ArrayList<>();
        for (Class<?> needed : NEEDED) {
            CodeSource source = needed.getProtectionDomain().getCodeSource();
            Path from = Path.of(source.getLocation().toURI());
            Path to = folder.resolve(path.size() + "-" + from.getFileName());
            path.add(to.toString());
            if (!Files.exists(to)) {
                copy(from, to);
            }
        }
        return String.join(File.pathSeparator, path);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path copy = file.equals(from) ? to : to.resolve(from.relativize(file));
                Files.copy(file, copy);
                open(copy);
            }
        }
    }

    static void open(Path path) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}

package dev.replicator.infra;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Runs a program to its end, with an environment of its own. Immutable: {@code with} gives another. */
public record Program(List<String> command, Path directory, Map<String, String> environment) {
    private static final long PATIENCE_SECONDS = 120;

    /** What it said on both streams, and what it ended with. */
    public record Ended(int exit, String said) {}

    /** A program that is there, with its words. */
    public static Program of(Path directory, String... command) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin"));
        environment.put("LC_ALL", "C.UTF-8");
        environment.put("HOME", directory.toString());
        return new Program(List.of(command), directory, environment);
    }

    public Program with(String variable, String value) {
        Map<String, String> more = new LinkedHashMap<>(environment);
        more.put(variable, value);
        return new Program(command, directory, more);
    }

    public Program words(String... words) {
        List<String> more = new ArrayList<>(command);
        more.addAll(List.of(words));
        return new Program(more, directory, environment);
    }

    public Ended run() {
        try {
            Path said = Files.createTempFile("said", ".txt");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(said.toFile());
            builder.environment().clear();
            builder.environment().putAll(environment);
            Process process = builder.start();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("no end after " + PATIENCE_SECONDS + " s: " + Files.readString(said));
            }
            Ended ended = new Ended(process.exitValue(), Files.readString(said));
            Files.delete(said);
            return ended;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** What Git would take of a folder that is in no repository, by paths from there: what no {@code .gitignore} names. */
    public static List<String> committable(Path folder) {
        Program git = of(folder, needed("git").toString());
        git.words("init", "-q").run();
        Ended listed = git.words("ls-files", "--others", "--exclude-standard").run();
        if (listed.exit() != 0) {
            throw new AssertionError(listed.said());
        }
        return listed.said().lines().toList();
    }

    /** Where a program is; the test is skipped, and says so, where it is not installed. */
    public static Path needed(String name) {
        Optional<Path> found = found(name);
        Assumptions.assumeTrue(found.isPresent(), () -> "skipped: " + name + " is not installed");
        return found.orElseThrow();
    }

    private static Optional<Path> found(String name) {
        String home = System.getenv().getOrDefault("HOME", "/");
        Path cache = Path.of(System.getenv().getOrDefault("XDG_CACHE_HOME", home + "/.cache"), "replicator-ci");
        return Stream.concat(
                        Stream.of(System.getenv()
                                        .getOrDefault("PATH", "/usr/bin:/bin")
                                        .split(":"))
                                .map(Path::of),
                        Stream.of("prometheus/usr/bin", "shellcheck/usr/bin", "terraform/bin")
                                .map(cache::resolve))
                .map(folder -> folder.resolve(name))
                .filter(Files::isExecutable)
                .findFirst();
    }
}

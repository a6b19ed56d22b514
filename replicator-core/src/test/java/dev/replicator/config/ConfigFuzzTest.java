package dev.replicator.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** A damaged file is loaded or refused with positions: never another exception, never for long. */
class ConfigFuzzTest {
    private static final String VALID = Setup.withJob("""
            paths: [ { from: public/, to: public/ }, { from: .private/shared/ } ]
            filter: &f { include: ["**"], exclude: ["tmp/**", 'a[b-c]'], preset: os-junk }
            compare: size-and-modified
            delete: { mode: mirror, max-objects: 1000, max-percent: 10 }
            transfer: { concurrency: auto, bytes-in-flight: 256MiB, bandwidth: "" }
            retry: { attempts: 6, base: 200ms, max: "${env:MAX:20s}", deadline: 10m }
            hook:
              mode: background
              min-interval: 1h
              <<: { lease-ttl: 30s }
            """);
    private static final List<String> SNIPPETS = List.of(
            "{",
            "}",
            "[",
            "]",
            ":",
            ": ",
            "- ",
            "&f ",
            "*f",
            "<<: ",
            "!!x ",
            "|\n",
            ">\n",
            "\t",
            "\n",
            "#",
            "\"",
            "'",
            "${env:",
            "${file:/dev/zero}",
            "}}",
            "? ",
            "---\n",
            "...\n",
            "%YAML 9.9\n",
            "\u0000",
            "\uFEFF",
            "\u2028",
            "~",
            "999999999999999999999999",
            "1e999",
            "0x",
            "-",
            "_",
            "😀",
            "\\x",
            "\"\\ud800\"");

    private static Path directory;

    @BeforeContainer
    static void createDirectory() throws IOException {
        directory = Files.createTempDirectory("fuzz");
    }

    @AfterContainer
    static void removeDirectory() throws IOException {
        try (var files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Property(tries = 1500)
    void damagedBytesNeverSurprise(@ForAll Random random, @ForAll @IntRange(min = 1, max = 12) int wounds) {
        byte[] bytes = VALID.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < wounds; i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }

        loadsOrIsRefused(bytes);
    }

    @Property(tries = 1500)
    void damagedLinesNeverSurprise(@ForAll Random random, @ForAll @IntRange(min = 1, max = 6) int wounds) {
        List<String> lines = new ArrayList<>(VALID.lines().toList());
        for (int i = 0; i < wounds; i++) {
            int at = random.nextInt(lines.size());
            String line = lines.get(at);
            switch (random.nextInt(6)) {
                case 0 -> lines.add(at, line);
                case 1 -> lines.set(at, line.substring(random.nextInt(line.length() + 1)));
                case 2 -> lines.set(at, " ".repeat(random.nextInt(6)) + line);
                case 3 -> lines.add(random.nextInt(lines.size() + 1), line.strip());
                default -> {
                    int column = random.nextInt(line.length() + 1);
                    String snippet = SNIPPETS.get(random.nextInt(SNIPPETS.size()));
                    lines.set(at, line.substring(0, column) + snippet + line.substring(column));
                }
            }
        }

        loadsOrIsRefused(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
    }

    @Property(tries = 500)
    void noiseNeverSurprises(@ForAll byte[] noise) {
        loadsOrIsRefused(noise);
    }

    private static void loadsOrIsRefused(byte[] bytes) {
        Setup setup = new Setup(directory);
        setup.write("replicator.yaml", bytes);

        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            try {
                Configuration configuration = setup.loader().load(Optional.empty());
                assertThat(configuration.file()).isPresent();
            } catch (ConfigException e) {
                assertThat(e.problems())
                        .isNotEmpty()
                        .allSatisfy(problem -> assertThat(problem).matches("replicator\\.yaml:\\d+:\\d+: (?s:.+)"));
            }
        });
    }
}

package dev.replicator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileKeysTest {
    private static final String CLEARS_THE_SCREEN = "\u001b[2J\u001b]0;owned\u0007.txt";
    private static final String EIGHT_BIT = "\u009b2J.txt";
    private static final String TURNS_AROUND = "\u202Egnp.exe";
    private static final String TWO_LINES = "a\n✓ Synced: everything";

    @TempDir
    Path directory;

    @BeforeEach
    void hostileNames() throws Exception {
        for (String name : new String[] {CLEARS_THE_SCREEN, EIGHT_BIT, TURNS_AROUND, TWO_LINES, "\u007f.txt"}) {
            Directories.put(directory.resolve("dev"), name, "x");
            Directories.put(directory.resolve("prod"), "only-here-" + name, "x");
        }
        Files.createDirectories(directory.resolve("prod"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plan dev prod --delete",
                "plan dev prod -o json",
                "plan dev prod --delete -o ndjson",
                "sync dev prod --dry-run",
                "sync dev prod --show-skipped",
                "sync dev prod -o ndjson",
                "validate dev prod",
                "validate dev prod -o ndjson",
                "validate dev prod --write-missing -",
                "validate dev prod --write-extra -",
                "sync dev \u001b[31m",
                "plan \u001b[31mjob",
                "\u001b[31m",
                "help \u001b[31m",
            })
    void noRawControlReachesATerminal(String line) {
        Invocation.Ended ended =
                Invocation.in(directory).typing("").with("NO_COLOR", "1").run(line.split(" "));

        // Clearing the status line is ours.
        String err = ended.err().replace("\r\u001b[2K", "");
        for (String stream : new String[] {ended.out(), err}) {
            assertThat(stream.codePoints()
                            .filter(HostileKeysTest::drivesTerminals)
                            .toArray())
                    .as(stream)
                    .isEmpty();
        }
        assertThat(ended.out() + err).isNotEmpty();
    }

    @Test
    void namesAreShownEscapedOnOneLine() {
        Invocation.Ended ended =
                Invocation.in(directory).run("sync", "dev", "prod").expect(0);

        assertThat(ended.out())
                .contains("✓ Synced: a\\u000A✓ Synced: everything (0.00 KB)\n")
                .contains("✓ Synced: \\u202Egnp.exe");
    }

    @Test
    void namesFromAServerAreShownEscapedOnOneLineToo() {
        try (ServedJobs server =
                ServedJobs.start(directory, "jobs: { media: { source: ./dev, destination: ./prod } }")) {
            String out = server.run("sync", "media").expect(0).out();

            assertThat(out).contains("✓ Synced: a\\u000A✓ Synced: everything (").contains("✓ Synced: \\u202Egnp.exe");
            assertThat(out.lines()).doesNotContain("✓ Synced: everything (0.00 KB)");
        }
    }

    @Test
    void whatAReportSaysForgesNoLine() throws Exception {
        Path runs = Files.createDirectories(directory.resolve("home/.local/state/replicator/runs"));
        Files.writeString(runs.resolve("20260101T000000000Z-r1.json"), """
                {"runId": "r1", "job": null, "source": "s3://a\\nForged: 1", "destination": "s3://b",
                 "startedAt": "2026-01-01T00:00:00Z", "outcome": "PARTIAL", "copied": 3, "failed": 1, "durationMillis": 5,
                 "failures": [ {"key": "k1\\nForged: 2", "cause": "PERMISSION", "message": "403\\nForged: 3"} ]}
                """);

        String out = Invocation.in(directory).run("show", "r1").expect(0).out();

        assertThat(out.lines()).noneMatch(line -> line.startsWith("Forged"));
        assertThat(out).contains("Forged: 1").contains("Forged: 2").contains("Forged: 3");
    }

    private static boolean drivesTerminals(int codePoint) {
        return codePoint < 0x20 && codePoint != '\n' || codePoint >= 0x7f && codePoint < 0xa0 || codePoint == 0x202E;
    }
}

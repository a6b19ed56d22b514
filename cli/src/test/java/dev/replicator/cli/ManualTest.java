package dev.replicator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManualTest {
    @TempDir
    static Path directory;

    @BeforeAll
    static void write() throws IOException {
        Manual.write(directory);
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("man1"))) {
            return files.sorted().toList();
        }
    }

    @Test
    void everyCommandHasAPage() throws IOException {
        assertThat(pages().stream().map(page -> page.getFileName().toString()))
                .contains("replicator.1", "replicator-sync.1", "replicator-config-validate.1", "replicator-serve.1");
    }

    @Test
    void aPageTellsWhatTheHelpTells() throws IOException {
        String page = Files.readString(directory.resolve("man1/replicator-sync.1"));

        assertThat(page)
                .startsWith(".TH \"REPLICATOR-SYNC\" 1")
                .contains("replicator\\-sync \\- Copy to the destination what is missing there or differs.")
                .contains("\\fB\\-\\-max\\-delete\\fR=\\fIN|P%\\fR")
                .contains(".BR replicator (1)")
                .doesNotContain("@|");
    }

    @Test
    void aFormatterFindsNothingWrong() throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/groff")), "skipped: pages are not formatted (no groff)");
        for (Path page : pages()) {
            Process groff = new ProcessBuilder("/usr/bin/groff", "-man", "-ww", "-Kutf8", "-Tutf8", page.toString())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String complaints = new String(groff.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(groff.waitFor()).isZero();
            assertThat(complaints).as(page.getFileName().toString()).isEmpty();
        }
    }

    @Test
    void theCompletionIsThatOfTheCommand() throws IOException {
        assertThat(Files.readString(directory.resolve("replicator.bash"))).contains("--max-delete");
    }
}

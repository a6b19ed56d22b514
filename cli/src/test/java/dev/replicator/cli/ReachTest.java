package dev.replicator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run of a part of a job leaves alone what a stopped run wrote down of the rest; a run of the whole job settles it. */
class ReachTest {
    @TempDir
    Path directory;

    private Path intent;

    @BeforeEach
    void aStoppedRunLeftAnIntent() throws IOException {
        Directories.put(directory.resolve("dev"), "a/1.txt", "1");
        Directories.put(directory.resolve("dev"), "b/2.txt", "2");
        Files.writeString(directory.resolve("replicator.yaml"), """
                version: 1
                jobs: { media: { source: ./dev, destination: ./prod } }
                """);
        run();
        intent = directory.resolve(
                "prod/.replicator/media/baseline/20260101T000000Z-aaaaaa/intent-0001-000001-0000-0000");
        Files.createDirectories(intent.getParent());
        Files.writeString(intent, "torn");
    }

    private void run(String... more) {
        List<String> words = new ArrayList<>(List.of("sync", "media"));
        words.addAll(List.of(more));
        Invocation.in(directory).run(words).expect(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--path=a/", "--include=a/**", "--exclude=b/"})
    void aRunOfAPartLeavesIt(String narrowing) {
        int ofTheWhole = deletesForetold("plan", "media");
        assertThat(ofTheWhole).isPositive();
        assertThat(deletesForetold("plan", "media", narrowing)).isEqualTo(ofTheWhole - 1);
        assertThat(deletesForetold("sync", "media", "--dry-run", narrowing)).isEqualTo(ofTheWhole - 1);

        run(narrowing);

        assertThat(intent).exists();
    }

    private int deletesForetold(String... words) {
        List<String> asJson = new ArrayList<>(List.of(words));
        asJson.addAll(List.of("-o", "json"));
        return Invocation.in(directory)
                .run(asJson)
                .expect(0)
                .json()
                .at("/estimate/requests/delete")
                .asInt(-1);
    }

    @Test
    void aRunOfTheWholeJobSettlesIt() {
        run();

        assertThat(intent).doesNotExist();
    }
}

package dev.replicator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValidateTest {
    @TempDir
    Path directory;

    private Path dev;
    private Path prod;

    @BeforeEach
    void oneOfEach() {
        dev = directory.resolve("dev");
        prod = directory.resolve("prod");
        Directories.put(dev, "missing.txt", "m");
        Directories.put(dev, "odd\nname.txt", "m");
        Directories.put(dev, "differs.txt", "longer");
        Directories.put(dev, "same.txt", "same");
        Directories.put(prod, "differs.txt", "d");
        Directories.put(prod, "same.txt", "same");
        Directories.put(prod, "extra.txt", "e");
    }

    private Invocation.Ended run(String... words) {
        return Invocation.in(directory).run(words);
    }

    @Test
    void tellsTheDifferencesAndExitsWithThree() {
        Invocation.Ended ended = run("validate", "dev", "prod").expect(3);

        assertThat(ended.out())
                .contains("  + missing     missing.txt")
                .contains("  ~ mismatched  differs.txt")
                .contains("  - extra       extra.txt")
                .contains("✗ Not valid: ")
                .contains("  Missing     2")
                .contains("  Mismatched  1");
    }

    @Test
    void jsonHasTheContractsFields() {
        JsonNode json = run("validate", "dev", "prod", "-o", "json").expect(3).json();

        assertThat(json.properties().stream().map(Map.Entry::getKey))
                .contains("valid", "matched", "missing", "mismatched", "extra", "unreadable", "skipped", "evidence")
                .isSubsetOf(
                        "valid",
                        "matched",
                        "missing",
                        "mismatched",
                        "extra",
                        "unreadable",
                        "skipped",
                        "notCompared",
                        "evidence",
                        "contents",
                        "source",
                        "destination",
                        "durationMillis",
                        "requests",
                        "problem");
        assertThat(json.path("evidence").properties().stream().map(Map.Entry::getKey))
                .containsExactlyInAnyOrder("fingerprint", "note", "sizeAndModified", "bytes");
        assertThat(json.path("valid").asBoolean()).isFalse();
        assertThat(json.path("missing").asInt()).isEqualTo(2);
    }

    /** Times hide a change of the same size; only the content tells. */
    @Test
    void aDeepValidationFindsWhatTimesHide() throws IOException {
        run("sync", "dev", "prod").expect(0);
        Directories.put(prod, "same.txt", "SAME");
        FileTime later = FileTime.from(Instant.parse("2030-01-01T00:00:00Z"));
        Files.setLastModifiedTime(prod.resolve("same.txt"), later);

        run("validate", "dev", "prod").expect(0);
        JsonNode json =
                run("validate", "dev", "prod", "--deep", "-o", "json").expect(3).json();

        assertThat(json.path("mismatched").asInt()).isEqualTo(1);
        assertThat(json.path("evidence").path("bytes").asInt()).isEqualTo(3);
        assertThat(json.path("evidence").path("sizeAndModified").asInt()).isZero();
    }

    @Test
    void aSampleReadsAPart() {
        for (int i = 0; i < 200; i++) {
            Directories.put(dev, "many/" + i, "x");
        }
        run("sync", "dev", "prod").expect(0);

        JsonNode evidence = run("validate", "dev", "prod", "--sample", "25%", "-o", "json")
                .expect(0)
                .json()
                .path("evidence");

        assertThat(evidence.path("bytes").asInt()).isBetween(15, 95);
        assertThat(evidence.path("sizeAndModified").asInt()).isBetween(105, 190);
    }

    @Test
    void aSampleSaysHowManyItTookAndHowMuchItRead() {
        for (int i = 0; i < 200; i++) {
            Directories.put(dev, "many/" + i, "x");
        }
        run("sync", "dev", "prod").expect(0);

        JsonNode sampled = run("validate", "dev", "prod", "--sample", "25%", "-o", "json")
                .expect(0)
                .json();
        JsonNode contents = sampled.path("contents");
        assertThat(contents.path("percent").asDouble()).isEqualTo(25);
        assertThat(contents.path("read").asInt())
                .isEqualTo(contents.path("asked").asInt())
                .isEqualTo(sampled.path("evidence").path("bytes").asInt())
                .isPositive();

        JsonNode whole = run("validate", "dev", "prod", "--deep", "-o", "json")
                .expect(0)
                .json()
                .path("contents");
        assertThat(whole.path("percent").asDouble()).isEqualTo(100);
        assertThat(whole.path("asked").asInt()).isEqualTo(204);
        assertThat(whole.path("bytes").asInt()).isEqualTo(2 * (200 + 6 + 1 + 1 + 4));

        assertThat(run("validate", "dev", "prod", "--deep").expect(0).out())
                .contains(
                        "  Looked into 204  (of those that no digest in the listings proves equal; 204 read, 0.41 KB)");
        assertThat(run("validate", "dev", "prod", "--sample", "50%").expect(0).out())
                .containsPattern("  Sampled     [0-9]+  \\(50% of those that .*; [0-9]+ read, [0-9.]+ K?B\\)");
        assertThat(run("validate", "dev", "prod", "--sample", "0.000001%")
                        .expect(0)
                        .out())
                .contains("  Sampled     0  (none of those that ")
                .contains(" fell into the sample of 0.000001%)");
        assertThat(run("validate", "dev", "prod").expect(0).out()).doesNotContain("Sampled", "Looked into");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0%", "101", "-5%", "many", "%", "NaN"})
    void aSampleThatIsNoShareIsRefused(String sample) {
        assertThat(run("validate", "dev", "prod", "--sample", sample).expect(2).err())
                .contains("--sample")
                .contains("share");
    }

    @Test
    void keysGoToFilesOneALine() throws IOException {
        run("validate", "dev", "prod", "--write-missing", "m", "--write-mismatched", "d", "--write-extra", "e")
                .expect(3);

        assertThat(directory.resolve("m")).hasContent("missing.txt\nodd\\u000Aname.txt\n");
        assertThat(directory.resolve("d")).hasContent("differs.txt\n");
        assertThat(directory.resolve("e")).hasContent("extra.txt\n");
    }

    @Test
    void aKeyListOnStdoutStandsAlone() {
        assertThat(run("validate", "dev", "prod", "--write-extra", "-")
                        .expect(3)
                        .out())
                .isEqualTo("extra.txt\n");
    }

    @Test
    void extraObjectsAreFindingsWhenAsked() throws IOException {
        Files.delete(dev.resolve("missing.txt"));
        Files.delete(dev.resolve("odd\nname.txt"));
        Files.delete(dev.resolve("differs.txt"));

        run("validate", "dev", "prod").expect(0);
        assertThat(run("validate", "dev", "prod", "--fail-on-extra", "-o", "json")
                        .expect(3)
                        .json()
                        .path("valid")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void eventsListEveryFinding() {
        assertThat(run("validate", "dev", "prod", "-o", "ndjson").expect(3).lines().stream()
                        .filter(event -> event.path("type").asText().equals("finding"))
                        .map(event -> event.path("kind").asText() + " "
                                + event.path("key").asText()))
                .containsExactly(
                        "mismatched differs.txt", "extra extra.txt", "missing missing.txt", "missing odd\nname.txt");
    }

    @Test
    void writesNothingButTheFilesAskedFor() {
        Map<String, String> before = Directories.everything(directory);

        run("validate", "dev", "prod").expect(3);

        assertThat(Directories.everything(directory)).isEqualTo(before);
    }
}

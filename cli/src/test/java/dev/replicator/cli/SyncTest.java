package dev.replicator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyncTest {
    @TempDir
    Path directory;

    private Path dev;
    private Path prod;

    @BeforeEach
    void twoDirectories() throws IOException {
        dev = directory.resolve("dev");
        prod = directory.resolve("prod");
        Files.createDirectories(prod);
        Directories.put(dev, "css/app.css", "body {}");
        Directories.put(dev, "img/logo.png", "x".repeat(148_808));
        Directories.put(dev, "tmp/draft.txt", "draft");
    }

    private Invocation.Ended run(String... words) {
        return Invocation.in(directory).run(words);
    }

    @Test
    void writesTheFirstUsersLog() {
        Directories.put(prod, "css/app.css", "body {}");

        Invocation.Ended ended = Invocation.in(directory)
                .run("sync", "dev", "prod", "--show-skipped", "--exclude", "tmp/", "--transfers", "1")
                .expect(0);

        assertThat(normalised(ended.out())).isEqualTo("""
                        Environment: development
                        Source:      file:///DIR/dev
                        Destination: file:///DIR/prod
                        Dry run:     NO

                        - Skipped: css/app.css (already up-to-date)
                        ✓ Synced: img/logo.png (145.32 KB)

                        Summary
                          Synced:     1
                          Skipped:    1 already up-to-date
                          Failed:     0
                          Total size: 145.32 KB in TIME
                          Outcome:    SUCCEEDED
                        """);
        assertThat(ended.err()).isEmpty();
    }

    private String normalised(String text) {
        return text.replace(directory.toString(), "/DIR")
                .replaceAll("in [0-9.]+ s", "in TIME")
                .replace("file:////", "file:///");
    }

    @Test
    void theEnvironmentIsDetected() {
        Invocation.Ended ended =
                Invocation.in(directory).with("REPLICATOR_ENV", "prod").run("sync", "dev", "prod");

        assertThat(ended.out()).startsWith("Environment: production\n");
    }

    @Test
    void aSourceThatIsNotThereIsToldInPlainWords() {
        assertThat(run("sync", "nowhere", "prod").expect(6).err())
                .contains("nowhere: there is no such directory")
                .doesNotContain("canary");
    }

    @Test
    void copiesWhatIsMissingAndIsThenDone() {
        run("sync", "dev", "prod").expect(0);

        assertThat(Directories.content(prod)).isEqualTo(Directories.content(dev));
        assertThat(run("sync", "dev", "prod").expect(0).out()).contains("Outcome:    NOTHING_TO_DO");
    }

    @Test
    void aDryRunShowsTheSameAndWritesNothing() {
        Invocation.Ended ended = run("sync", "dev", "prod", "--dry-run").expect(0);

        assertThat(ended.out()).contains("Dry run:     YES").contains("+ Would sync: css/app.css (0.01 KB, missing)");
        assertThat(ended.out()).contains("Estimate: ").contains("  Time:     ");
        assertThat(Directories.everything(prod)).isEmpty();
        assertThat(directory.resolve("home")).doesNotExist();
    }

    @Test
    void anAdditiveSyncNeverDeletes() {
        Directories.put(prod, "old.txt", "old");

        run("sync", "dev", "prod").expect(0);

        assertThat(Directories.content(prod)).containsKey("old.txt");
    }

    @Test
    void jsonHasTheContractsFields() {
        JsonNode json = run("sync", "dev", "prod", "-o", "json").expect(0).json();

        assertThat(names(json))
                .contains(
                        "runId",
                        "job",
                        "source",
                        "destination",
                        "outcome",
                        "copied",
                        "overwritten",
                        "deleted",
                        "metadataUpdated",
                        "unchanged",
                        "skipped",
                        "stale",
                        "failed",
                        "bytes",
                        "drifted",
                        "metadataUnasked",
                        "durationMillis",
                        "requests",
                        "gate",
                        "failures")
                .isSubsetOf(
                        "runId",
                        "job",
                        "source",
                        "destination",
                        "startedAt",
                        "outcome",
                        "copied",
                        "overwritten",
                        "deleted",
                        "metadataUpdated",
                        "unchanged",
                        "skipped",
                        "stale",
                        "failed",
                        "notRun",
                        "unguarded",
                        "bytes",
                        "drifted",
                        "metadataUnasked",
                        "durationMillis",
                        "requests",
                        "gate",
                        "fidelity",
                        "failures",
                        "failuresTruncated",
                        "skips",
                        "warnings",
                        "problem");
        assertThat(names(json.path("gate"))).containsExactlyInAnyOrder("verdict", "reason", "planned", "limit");
        assertThat(names(json.path("requests"))).contains("list", "head", "get", "put", "copy", "delete");
        assertThat(json.path("copied").asLong()).isEqualTo(3);
        assertThat(json.path("job").isNull()).isTrue();
    }

    private static List<String> names(JsonNode node) {
        return List.copyOf(node.properties().stream().map(Map.Entry::getKey).toList());
    }

    @Test
    void eventsAreNumberedWithoutGapsAndEndWithTheExit() {
        List<JsonNode> events = run("sync", "dev", "prod", "-o", "ndjson", "--exclude", "tmp/")
                .expect(0)
                .lines();

        for (int i = 0; i < events.size(); i++) {
            assertThat(events.get(i).path("seq").asLong()).isEqualTo(i + 1);
            assertThat(names(events.get(i))).contains("type", "time", "run", "job", "seq");
        }
        assertThat(events.stream().map(event -> event.path("type").asText()))
                .startsWith("run.started")
                .contains("object", "run.finished")
                .endsWith("exit");
        assertThat(events.get(events.size() - 1).path("code").asInt()).isZero();
    }

    @Test
    void errorsEndTheEventsWithTheirExit() {
        List<JsonNode> events =
                run("sync", "nowhere", "prod", "-o", "ndjson").expect(6).lines();

        JsonNode last = events.get(events.size() - 1);
        assertThat(last.path("type").asText()).isEqualTo("exit");
        assertThat(last.path("code").asInt()).isEqualTo(6);
        assertThat(last.path("message").asText()).contains("nowhere");
    }

    @Test
    void aRefusalEndsTheEventsWithItsExit() {
        List<JsonNode> events =
                run("sync", "dev", "prod", "-o", "ndjson", "--delete").expect(5).lines();

        assertThat(events).hasSize(1);
        assertThat(events.get(0).path("type").asText()).isEqualTo("exit");
        assertThat(events.get(0).path("reason").asText()).isEqualTo("REFUSED");
    }

    @Test
    void worksOnThePathsGivenOnly() {
        run("sync", "dev", "prod", "--path", "css", "--path", "img/").expect(0);

        assertThat(Directories.content(prod)).containsOnlyKeys("css/app.css", "img/logo.png");
    }

    @Test
    void aSourceThatIsNotThereIsExitSixAndSaysSo() {
        Invocation.Ended ended = run("sync", "nowhere", "prod").expect(6);

        assertThat(ended.err()).contains("nowhere");
        assertThat(Directories.content(prod)).isEmpty();
    }

    @Test
    void nestedLocationsAreRefusedBeforeAnythingIsContacted() {
        assertThat(run("sync", "dev", "dev/copy").expect(2).err()).contains("one lies inside the other");
    }

    @Test
    void anUnknownSchemeListsThoseFound() {
        assertThat(run("sync", "dev", "ftp://bucket/x").expect(2).err())
                .contains("ftp")
                .contains("file");
    }

    @Test
    void keepsTheNewestFiftyReportsOfLocationsGivenByHand() throws IOException {
        Path runs = directory.resolve("state/replicator/runs");
        for (int i = 0; i < 55; i++) {
            Directories.put(runs, "20200101T0000%02d000Z-old.json".formatted(i), "{}");
        }

        Invocation.in(directory)
                .with("XDG_STATE_HOME", directory.resolve("state").toString())
                .run("sync", "dev", "prod")
                .expect(0);

        try (Stream<Path> kept = Files.list(runs)) {
            List<String> names =
                    kept.map(file -> file.getFileName().toString()).sorted().toList();
            assertThat(names).hasSize(50).doesNotContain("20200101T000005000Z-old.json");
            assertThat(names.get(49)).doesNotContain("old");
        }
    }

    @Test
    void theLogFileGetsEveryObjectWithTheTime() throws IOException {
        run("sync", "dev", "prod", "--log-file", "run.log", "-o", "json").expect(0);

        assertThat(Files.readString(directory.resolve("run.log")))
                .containsPattern(
                        "(?m)^\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z INFO +✓ Synced: img/logo.png \\(145.32 KB\\)$")
                .contains("Outcome:    SUCCEEDED");
    }

    @Test
    void aLogThatCantBeWrittenIsToldOnceAndTheRunGoesOn() {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "no device that is always full");

        Invocation.Ended ended = run("sync", "dev", "prod", "--quiet", "--log-file", full.toString());

        assertThat(ended.expect(0).err().lines())
                .singleElement()
                .asString()
                .contains("--log-file /dev/full")
                .contains("incomplete");
    }

    @Test
    void aLogFileThatCannotBeWrittenIsAUsageError() {
        assertThat(run("sync", "dev", "prod", "--log-file", "no/such/dir/run.log")
                        .expect(2)
                        .err())
                .contains("--log-file");
        assertThat(Directories.everything(prod)).isEmpty();
    }
}

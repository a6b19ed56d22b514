package dev.replicator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code history} and {@code show} without a server: the reports that runs left. */
class HistoryTest {
    @TempDir
    Path directory;

    private Path dev;
    private Path prod;

    @BeforeEach
    void oneJob() throws IOException {
        dev = directory.resolve("dev");
        prod = Files.createDirectories(directory.resolve("prod"));
        Directories.put(dev, "a.txt", "a");
        Files.writeString(directory.resolve("replicator.yaml"), """
                stores: { dev: { uri: ./dev }, prod: { uri: ./prod } }
                jobs: { media: { source: dev, destination: prod } }
                """);
    }

    private Invocation.Ended run(String... words) {
        return Invocation.in(directory).run(words);
    }

    @Test
    void beforeTheFirstRunItSaysWhatMakesOne() {
        assertThat(run("history").expect(0).out())
                .isEqualTo("No run yet. 'replicator sync' makes one; a dry run and a" + " plan leave no report.\n");
        assertThat(run("history", "media").expect(0).out())
                .startsWith("No run yet of job media. 'replicator sync media'");
        assertThat(run("history", "-o", "json").expect(0).json().path("items")).isEmpty();
        assertThat(run("history", "-o", "ndjson").expect(0).out()).isEmpty();
    }

    @Test
    void runsOfJobsAndOfLocationsAreListedNewestFirst() {
        run("sync", "media").expect(0);
        run("sync", "./dev", "./other/").expect(0);

        assertThat(run("history").expect(0).out().lines().skip(1))
                .satisfiesExactly(
                        first -> assertThat(first)
                                .startsWith("✓ ")
                                .contains("  -  ")
                                .contains("succeeded"),
                        second -> assertThat(second).startsWith("✓ ").contains("  media  "));
        assertThat(run("history", "media").expect(0).out().lines()).hasSize(2);
        assertThat(run("history", "--limit", "1").expect(0).out().lines()).hasSize(2);
        run("history", "--limit", "0").expect(2);
        run("history", "nobody").expect(2);
    }

    @Test
    void aRunIsShownByItsIdOrTheBeginningOfIt() {
        run("sync", "media").expect(0);
        String id = run("history", "-o", "json")
                .json()
                .path("items")
                .get(0)
                .path("runId")
                .asText();

        Invocation.Ended shown = run("show", id.substring(0, 12)).expect(0);
        JsonNode report = run("show", id, "-o", "json").expect(0).json();

        assertThat(shown.out())
                .contains("Run:         " + id)
                .contains("Job:         media")
                .contains("Outcome:     ✓ SUCCEEDED")
                .contains("Copied:      1 new, 0 overwritten");
        assertThat(report.path("copied").asLong()).isEqualTo(1);
        assertThat(run("show", "nothing").expect(2).err()).contains("'replicator history' lists those that are");
        run("show", " ").expect(2);
    }

    @Test
    void failuresAreGroupedByCauseWithWhatToDo() throws IOException {
        Files.createDirectories(directory.resolve("home/.local/state/replicator/runs"));
        Files.writeString(directory.resolve("home/.local/state/replicator/runs/20260101T000000000Z-r1.json"), """
                {"runId": "r1", "job": null, "source": "s3://a", "destination": "s3://b", "unknown": [1],
                 "startedAt": "2026-01-01T00:00:00Z", "outcome": "PARTIAL", "copied": 3, "failed": 7, "durationMillis": 5,
                 "failures": [ {"key": "k1", "cause": "PERMISSION", "message": "403"}, {"key": "k2", "cause": "NETWORK", "message": "reset"},
                   {"key": "k3", "cause": "PERMISSION", "message": "403"}, {"key": "k4", "cause": "PERMISSION", "message": "403"},
                   {"key": "k5", "cause": "PERMISSION", "message": "403"}, {"key": "k6", "cause": "PERMISSION", "message": "403"},
                   {"key": "evil\\u001b[2J", "cause": "PERMISSION", "message": "403"} ]}
                """);

        Invocation.Ended shown = run("show", "r1").expect(0);

        assertThat(shown.out())
                .contains("Outcome:     ! PARTIAL")
                .contains("✗ NETWORK: 1 object\n  The store could not be reached")
                .contains("✗ PERMISSION: 6 objects\n  Give the credentials the right")
                .contains("    … 1 more (all of them: -o json)")
                .doesNotContain("\u001b[2J");
    }

    @Test
    void aTornReportIsLeftOutAndAnUnreadableHistoryIsTold() throws IOException {
        run("sync", "media").expect(0);
        Path runs = Files.createDirectories(directory.resolve("home/.local/state/replicator/runs"));
        Files.writeString(runs.resolve("20270101T000000000Z-torn.json"), "{\"runId\":");
        Files.writeString(runs.resolve("20270101T000000001Z-list.json"), "[]");

        assertThat(run("history").expect(0).out().lines()).hasSize(2);

        Files.writeString(
                directory.resolve("replicator.yaml"),
                "jobs: { gone: { source: ./dev, destination: 'unknown://bucket/' }, media: { source: ./dev, destination: ./prod } }");
        Invocation.Ended ended = run("history");
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains("gone");
    }
}

package dev.replicator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanAndApplyTest {
    @TempDir
    Path directory;

    private Path dev;
    private Path prod;

    @BeforeEach
    void threeDifferences() {
        dev = directory.resolve("dev");
        prod = directory.resolve("prod");
        Directories.put(dev, "a.txt", "a");
        Directories.put(dev, "b.txt", "longer");
        Directories.put(dev, "same.txt", "same");
        Directories.put(prod, "b.txt", "b");
        Directories.put(prod, "same.txt", "same");
        Directories.put(prod, "old.txt", "old");
    }

    private Invocation.Ended run(String... words) {
        return Invocation.in(directory).run(words);
    }

    @Test
    void listsTheActionsAndTheGatesVerdict() {
        Invocation.Ended ended =
                run("plan", "dev", "prod", "--delete", "--transfers", "4").expect(0);

        assertThat(ended.out().replace(directory.toString(), "DIR"))
                .isEqualTo("""
                        Source:      file://DIR/dev
                        Destination: file://DIR/prod

                          + copy      a.txt                                                 0.00 KB  missing
                          ~ overwrite b.txt                                                 0.01 KB  size
                          - delete    old.txt                                               0.00 KB  extra

                        Plan: 1 to copy, 1 to overwrite, 1 to delete, 1 unchanged; 0.01 KB to transfer.
                        Delete gate: open, 1 of at most 1000.
                        Estimate: 0.01 KB from directory to directory.
                          Requests: none; both sides are directories.
                          Time:     under 1 s, assuming 1–10 ms per request, 4 at a time, and 100 MB to 1000 MB/s.
                        """.replace("of at most 1000.", "of at most " + limit(ended) + "."));
        assertThat(Directories.everything(prod)).containsOnlyKeys("b.txt", "old.txt", "same.txt");
    }

    private static String limit(Invocation.Ended ended) {
        return ended.out().replaceAll("(?s).*of at most ([0-9,]+).*", "$1");
    }

    @Test
    void aLongListIsBounded() {
        IntStream.range(0, 20).forEach(i -> Directories.put(dev, "more/" + i, "x"));

        Invocation.Ended ended = run("plan", "dev", "prod", "--limit", "3").expect(0);

        assertThat(ended.out()).contains("… 19 more").contains("21 to copy, 1 to overwrite");
        assertThat(ended.out().lines().filter(line -> line.startsWith("  + ") || line.startsWith("  ~ ")))
                .hasSize(3);
    }

    @Test
    void changesAreFindingsOnlyWhenAsked() {
        run("plan", "dev", "prod").expect(0);
        run("plan", "dev", "prod", "--detailed-exitcode").expect(3);
    }

    @Test
    void jsonHasTheCountsAndNoList() {
        JsonNode json =
                run("plan", "dev", "prod", "--delete", "-o", "json").expect(0).json();

        assertThat(json.path("copied").asInt()).isEqualTo(1);
        assertThat(json.path("overwritten").asInt()).isEqualTo(1);
        assertThat(json.path("deleted").asInt()).isEqualTo(1);
        assertThat(json.has("failures")).isFalse();
        assertThat(json.path("gate").path("verdict").asText()).isEqualTo("OPEN");
        assertThat(json.path("estimate").path("objects").asInt()).isEqualTo(3);
        assertThat(json.path("estimate").path("bytes").path("local").asInt()).isEqualTo(7);
        assertThat(json.path("estimate").path("requests").path("copy").asInt()).isEqualTo(2);
    }

    @Test
    void whereNothingIsToDoNothingIsEstimated() {
        run("sync", "dev", "prod").expect(0);

        assertThat(run("plan", "dev", "prod").expect(0).out()).doesNotContain("Estimate");
    }

    @Test
    void eventsListEveryAction() {
        List<JsonNode> actions = run("plan", "dev", "prod", "--delete", "-o", "ndjson").expect(0).lines().stream()
                .filter(event -> event.path("type").asText().equals("action"))
                .toList();

        assertThat(actions.stream()
                        .map(action -> action.path("op").asText() + " "
                                + action.path("key").asText()))
                .containsExactly("copy a.txt", "overwrite b.txt", "delete old.txt");
    }

    @ParameterizedTest
    @ValueSource(strings = {"changes.plan", "changes.plan.gz"})
    void appliesExactlyThePlan(String file) {
        Invocation.Ended planned = run("plan", "dev", "prod", "--out", file).expect(0);
        assertThat(planned.out()).endsWith("To make exactly these changes: replicator apply " + file + "\n");
        Directories.put(dev, "later.txt", "later");

        run("apply", file).expect(0);

        assertThat(Directories.content(prod)).containsOnlyKeys("a.txt", "b.txt", "old.txt", "same.txt");
        assertThat(Directories.content(prod)).containsEntry("b.txt", "longer");
    }

    @Test
    void whatChangedSinceThePlanIsLeftAlone() {
        run("plan", "dev", "prod", "--out", "changes.plan").expect(0);
        Directories.put(prod, "b.txt", "edited by hand");

        JsonNode json = run("apply", "changes.plan", "-o", "json").expect(4).json();

        assertThat(json.path("stale").asInt()).isEqualTo(1);
        assertThat(Directories.content(prod))
                .containsEntry("b.txt", "edited by hand")
                .containsKey("a.txt");
    }

    @Test
    void aTornPlanIsRefusedAsUsage() throws IOException {
        run("plan", "dev", "prod", "--out", "changes.plan").expect(0);
        Path file = directory.resolve("changes.plan");
        List<String> lines = Files.readAllLines(file);
        Files.write(file, lines.subList(0, lines.size() - 1));

        assertThat(run("apply", "changes.plan").expect(2).err()).contains("no trailer");
        assertThat(Directories.content(prod)).doesNotContainKey("a.txt");
    }

    @Test
    void aPlanThatIsNotThereIsAUsageError() {
        assertThat(run("apply", "none.plan").expect(2).err()).contains("none.plan");
    }

    @Test
    void aFailedListingLeavesNoPlanFile() {
        Invocation.Ended ended =
                run("plan", "nowhere", "prod", "--out", "changes.plan").expect(6);

        assertThat(ended.out()).contains("No plan: ").doesNotContain("to copy").doesNotContain("replicator apply");

        assertThat(directory.resolve("changes.plan")).doesNotExist();
        assertThat(directory.resolve("changes.plan.partial")).doesNotExist();
    }
}

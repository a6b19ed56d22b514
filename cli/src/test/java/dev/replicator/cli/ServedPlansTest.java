package dev.replicator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Plans of a server from the command line: shown, decided about, carried out; and what else is the same there and here. */
@Timeout(60)
class ServedPlansTest {
    private static final Pattern RUN = Pattern.compile("approve (\\S+) --server");
    private static final String MIRROR = """
        stores: { dev: { uri: ./dev }, prod: { uri: ./prod } }
        jobs: { media: { source: dev, destination: prod, delete: { mode: mirror, max-percent: 100 } } }
        """;

    @TempDir
    Path directory;

    private Path dev;
    private Path prod;

    @BeforeEach
    void twoNewObjectsAndAnExtra() throws IOException {
        dev = directory.resolve("dev");
        prod = Files.createDirectories(directory.resolve("prod"));
        Directories.put(dev, "a.txt", "a");
        Directories.put(dev, "img/b.png", "bb");
        Directories.put(prod, "old.txt", "old");
    }

    @Test
    void aPlanIsShownApprovedAndCarriedOutAsItWasShown() {
        try (ServedJobs server = ServedJobs.start(directory, MIRROR)) {
            Invocation.Ended planned = server.run("plan").expect(0);
            String run = idIn(planned);
            Directories.put(dev, "later.txt", "not in the plan");

            assertThat(server.run("apply", run).expect(5).err()).contains("says:");
            Invocation.Ended approved =
                    server.run("approve", run, "--comment", "fine").expect(0);
            Invocation.Ended applied = server.run("apply", run).expect(0);

            assertThat(approved.out())
                    .contains("+ copy", "a.txt", "- delete", "old.txt")
                    .contains("Plan: 2 to copy, 0 to overwrite, 1 to delete")
                    .contains("Delete gate: open")
                    .contains("✓ Approved by local");
            assertThat(applied.out()).contains("✓ Deleted: old.txt").contains("Outcome:    SUCCEEDED");
            assertThat(Directories.content(prod)).containsOnlyKeys("a.txt", "img/b.png");
            assertThat(server.run("apply", run).expect(5).err()).contains("says:");
            assertThat(server.run("approve", run).expect(5).err()).contains("APPLIED");
        }
    }

    @Test
    void aRejectionNeedsAReasonAndIsTheLastWord() {
        try (ServedJobs server = ServedJobs.start(directory, MIRROR)) {
            String run = idIn(server.run("plan").expect(0));

            server.run("reject", run).expect(2);
            Invocation.Ended rejected =
                    server.run("reject", run, "--comment", "not today").expect(0);

            assertThat(rejected.out()).contains("✗ Rejected by local: not today");
            assertThat(server.run("approve", run).expect(5).err()).contains("REJECTED");
            server.run("apply", run).expect(5);
            server.run("approve", "20200101T000000000Z-0").expect(2);
            Invocation.in(directory).run("approve", run).expect(2);
            assertThat(Directories.content(prod)).containsOnlyKeys("old.txt");
        }
    }

    @Test
    void whatApplyDidIsAReportAndEventsForScripts() {
        try (ServedJobs server = ServedJobs.start(directory, MIRROR)) {
            String run = idIn(server.run("plan").expect(0));
            JsonNode plan = server.run("approve", run, "-o", "json").expect(0).json();
            Directories.put(prod, "a.txt", "by hand");
            List<JsonNode> events = server.run("apply", run, "-o", "ndjson").lines();

            assertThat(plan.path("state").asText()).isEqualTo("APPROVED");
            assertThat(events)
                    .extracting(event -> event.path("type").asText())
                    .containsExactly("run.started", "object", "object", "object", "gate", "run.finished", "exit");
            assertThat(events.get(6).path("code").asInt()).isEqualTo(4);
            assertThat(prod.resolve("a.txt")).hasContent("by hand");
        }
    }

    @Test
    void aPlanIsListedAsOneThatIsMadeHere() {
        try (ServedJobs server = ServedJobs.start(directory, MIRROR)) {
            Invocation here = Invocation.in(directory);
            List<String> there = server.run("plan")
                    .expect(0)
                    .out()
                    .lines()
                    .filter(ServedPlansTest::isOfThePlan)
                    .toList();
            List<String> local = here.run("plan")
                    .expect(0)
                    .out()
                    .lines()
                    .filter(ServedPlansTest::isOfThePlan)
                    .toList();
            List<JsonNode> events = server.run("plan", "-o", "ndjson").expect(0).lines();
            List<JsonNode> localEvents =
                    here.run("plan", "-o", "ndjson").expect(0).lines();

            assertThat(there).isEqualTo(local).hasSizeGreaterThanOrEqualTo(4);
            assertThat(actions(events)).isEqualTo(actions(localEvents)).hasSize(3);
            assertThat(server.run("plan", "--limit", "1").expect(0).out())
                    .contains("… 2 more (all of them: -o ndjson)");
        }
    }

    private static boolean isOfThePlan(String line) {
        return line.startsWith("  ") && !line.startsWith("   ") && line.matches("  [+~!-] .*")
                || line.startsWith("Plan:");
    }

    private static List<String> actions(List<JsonNode> events) {
        return events.stream()
                .filter(event -> event.path("type").asText().equals("action"))
                .map(event ->
                        event.path("op").asText() + " " + event.path("key").asText() + " " + event.path("size") + " "
                                + event.path("reason").asText())
                .toList();
    }

    @Test
    void driftBeforeAFirstRunIsAnOpenQuestionAndNoErrorThereAsHere() {
        try (ServedJobs server = ServedJobs.start(directory, MIRROR)) {
            Invocation.Ended here = Invocation.in(directory).run("drift").expect(0);
            Invocation.Ended there = server.run("drift").expect(0);

            assertThat(there.err()).contains("no baseline yet").isEqualTo(here.err());
            server.run("sync").expect(0);
            Directories.put(prod, "a.txt", "by hand");
            server.run("drift").expect(3);
        }
    }

    @Test
    void aRunHasOneIdWithTheServerAndWithout() {
        try (ServedJobs server = ServedJobs.start(directory, MIRROR)) {
            JsonNode report = server.run("sync", "-o", "json").expect(0).json();
            String told = server.run("history", "--limit", "1", "-o", "json")
                    .expect(0)
                    .json()
                    .path("items")
                    .get(0)
                    .path("id")
                    .asText();

            assertThat(report.path("runId").asText()).isEqualTo(told);
            assertThat(server.run("show", told).expect(0).out()).contains("Job:         media");
            assertThat(Invocation.in(directory).run("show", told).expect(0).out())
                    .contains("Job:         media")
                    .contains("2 new");
        }
    }

    @Test
    void aRunThatWasDoneHereIsKnownToTheServerByItsId() {
        Invocation here = Invocation.in(directory);
        try (ServedJobs first = ServedJobs.start(directory, MIRROR)) {
            first.run("history").expect(0);
        }
        String id = here.run("sync", "media", "--yes", "-o", "json")
                .expect(0)
                .json()
                .path("runId")
                .asText();
        try (ServedJobs server = ServedJobs.start(directory, MIRROR)) {
            org.awaitility.Awaitility.await()
                    .untilAsserted(
                            () -> assertThat(server.run("show", id).code()).isZero());
        }
    }

    private static String idIn(Invocation.Ended planned) {
        Matcher id = RUN.matcher(planned.out());
        assertThat(id.find()).as(planned.out()).isTrue();
        return id.group(1);
    }
}

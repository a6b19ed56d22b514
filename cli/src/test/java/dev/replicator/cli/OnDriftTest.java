package dev.replicator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.replicator.testkit.gcs.FakeGcs;
import dev.replicator.testkit.gcs.store.ObjectFields;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code on-drift} at every front door. Others have edited, resized, retouched and deleted one object each, and added one;
 * the source has a new one.
 */
class OnDriftTest {
    @TempDir
    Path directory;

    private final FakeGcs google = FakeGcs.start();

    @BeforeEach
    void drifted() throws IOException {
        google.createBucket("dev");
        google.createBucket("prod");
        for (String name : List.of("edited", "resized", "retouched", "deleted", "untouched")) {
            google.put("dev", "www/" + name, name.getBytes(StandardCharsets.UTF_8));
        }
        configure("report");
        run("sync", "media").expect(0);
        google.put("prod", "www/edited", "EDITED".getBytes(StandardCharsets.UTF_8));
        google.put("prod", "www/resized", "of another size".getBytes(StandardCharsets.UTF_8));
        google.patch("prod", "www/retouched", fields -> fields.withText("cacheControl", "no-store"));
        google.delete("prod", "www/deleted");
        google.put("prod", "www/added", "added".getBytes(StandardCharsets.UTF_8));
        google.put("dev", "www/new", "new".getBytes(StandardCharsets.UTF_8));
    }

    @AfterEach
    void close() {
        google.close();
    }

    private void configure(String onDrift) throws IOException {
        Files.writeString(directory.resolve("replicator.yaml"), """
                version: 1
                jobs:
                  media: { source: "gs://dev", destination: "gs://prod", on-drift: %s }
                """.formatted(onDrift));
    }

    private Invocation.Ended run(String... words) {
        return Invocation.in(directory)
                .with("STORAGE_EMULATOR_HOST", google.endpoint().toString())
                .run(words);
    }

    private Invocation.Ended hook(String... more) {
        List<String> words = new ArrayList<>(List.of("hook", "--env", "production", "--deployment-id", "v1"));
        words.addAll(List.of(more));
        return run(words.toArray(String[]::new));
    }

    private Map<String, String> published() {
        Map<String, String> texts = new TreeMap<>();
        for (String key : google.keys("prod")) {
            if (!key.startsWith(".replicator/")) {
                texts.put(
                        key.substring("www/".length()),
                        new String(google.get("prod", key).orElseThrow(), StandardCharsets.UTF_8));
            }
        }
        return texts;
    }

    private String cacheControlOf(String name) {
        ObjectFields fields = google.find("prod", "www/" + name).orElseThrow().fields();
        return fields.text("cacheControl").orElse("");
    }

    /** What is there after a run that does as the policy says. */
    private void check(String policy) {
        Map<String, String> expected = new TreeMap<>(Map.of(
                "untouched", "untouched",
                "new", "new",
                "added", "added",
                "retouched", "retouched"));
        boolean keeps = policy.equals("keep");
        expected.put("resized", keeps ? "of another size" : "resized");
        expected.put("edited", policy.equals("overwrite") ? "edited" : "EDITED");
        if (!keeps) {
            expected.put("deleted", "deleted");
        }
        assertThat(published()).isEqualTo(expected);
        assertThat(cacheControlOf("retouched")).isEqualTo(policy.equals("overwrite") ? "" : "no-store");
    }

    @ParameterizedTest
    @CsvSource({
        "report,    2, 1, 0, 0, 3",
        "keep,      1, 0, 0, 4, 1",
        "overwrite, 2, 2, 1, 0, 1",
    })
    void aPlanSaysWhatARunThenDoes(String policy, int copied, int overwritten, int metadata, int skipped, int unchanged)
            throws IOException {
        configure(policy);

        JsonNode plan = run("plan", "media", "-o", "json").expect(0).json();
        run("plan", "media", "--detailed-exitcode").expect(3);
        assertThat(google.keys("prod")).doesNotContain("www/new");
        JsonNode sync = run("sync", "media", "-o", "json").expect(0).json();

        for (JsonNode counts : List.of(plan, sync)) {
            assertThat(counts.path("copied").asInt()).isEqualTo(copied);
            assertThat(counts.path("overwritten").asInt()).isEqualTo(overwritten);
            assertThat(counts.path("metadataUpdated").asInt()).isEqualTo(metadata);
            assertThat(counts.path("skipped").asInt()).isEqualTo(skipped);
            assertThat(counts.path("unchanged").asInt()).isEqualTo(unchanged);
            assertThat(counts.path("drifted").asInt()).isEqualTo(4);
        }
        check(policy);
    }

    private static String withoutSize(String line) {
        return line.strip().replaceAll(" +", " ").replaceFirst(" [0-9.]+ KB ", " ");
    }

    @Test
    void thePlansLinesSayWhy() throws IOException {
        configure("keep");
        assertThat(run("plan", "media").expect(0).out().lines().map(OnDriftTest::withoutSize))
                .contains(
                        "+ copy www/new missing",
                        "! keep www/edited drift: edited",
                        "! keep www/resized drift: edited",
                        "! keep www/retouched drift: metadata",
                        "! keep www/deleted drift: deleted")
                .anyMatch(line -> line.contains("4 to leave alone, 4 drifted"));

        assertThat(run("plan", "media", "--on-drift", "overwrite")
                        .expect(0)
                        .out()
                        .lines()
                        .map(OnDriftTest::withoutSize))
                .contains(
                        "+ copy www/deleted missing",
                        "~ overwrite www/edited drift",
                        "~ overwrite www/resized drift",
                        "~ metadata www/retouched cache-control");

        assertThat(run("plan", "media", "--on-drift", "report", "-o", "ndjson").expect(0).lines().stream()
                        .filter(event -> event.path("type").asText().equals("drift"))
                        .map(event -> event.path("kind").asText() + " "
                                + event.path("key").asText()))
                .containsExactly(
                        "deleted www/deleted", "edited www/edited", "edited www/resized", "metadata www/retouched");
    }

    @ParameterizedTest
    @ValueSource(strings = {"report", "keep", "overwrite"})
    void aHookDoesAsTheJobSays(String policy) throws IOException {
        configure(policy);

        Invocation.Ended ended = hook("--on-failure", "fail").expect(0);

        assertThat(ended.out())
                .contains("Drifted: www/edited (edited by others)", "Drifted: www/retouched (metadata by others)")
                .contains("Drifted:    4")
                .contains("SYNCED (deployment v1)");
        check(policy);
        assertThat(hook("--on-failure", "fail").expect(0).out()).startsWith("ALREADY_APPLIED");
    }

    /** Deletes are no way around it: what was added or edited stays, and nobody is asked. */
    @Test
    void keepLeavesNothingForTheDeleteGate() throws IOException {
        configure("keep");
        google.delete("dev", "www/edited");

        JsonNode json = run("sync", "media", "--delete", "--max-delete", "100%", "--yes", "-o", "json")
                .expect(0)
                .json();

        assertThat(json.path("deleted").asInt()).isZero();
        assertThat(published()).containsEntry("edited", "EDITED").containsKey("added");
    }

    /** What is newer than its source, or not in it, may be somebody's work: it is kept, and the warning says why. */
    @Test
    void withoutAUsableBaselineKeepTakesNoChances() throws IOException {
        configure("keep");
        google.put(
                "prod",
                ".replicator/media/baseline/current.json",
                "{\"format\":99}\n{}".getBytes(StandardCharsets.UTF_8));

        run("drift", "media").expect(1);
        Invocation.Ended ended = run("sync", "media", "--delete", "--max-delete", "100%", "--yes", "-o", "json")
                .expect(0);

        assertThat(ended.json().path("warnings").toString()).contains("the baseline can't be used");
        assertThat(ended.json().path("drifted").asInt()).isZero();
        assertThat(ended.json().path("deleted").asInt()).isZero();
        assertThat(published()).containsEntry("resized", "of another size").containsKey("added");
    }
}

package dev.replicator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HookCommandTest {
    @TempDir
    Path directory;

    private Path prod;

    @BeforeEach
    void oneJob() throws IOException {
        prod = directory.resolve("prod");
        Files.createDirectories(prod);
        Directories.put(directory.resolve("dev"), "a.txt", "a");
        Files.writeString(directory.resolve("replicator.yaml"), """
                version: 1
                stores:
                  dev: { uri: ./dev }
                  prod: { uri: ./prod }
                jobs:
                  media: { source: dev, destination: prod }
                """);
    }

    private Invocation.Ended production(String deployment, String... more) {
        List<String> words = new ArrayList<>(List.of("hook", "--env", "production", "--deployment-id", deployment));
        words.addAll(List.of(more));
        return Invocation.in(directory).run(words);
    }

    @Test
    void outsideProductionNothingHappens() {
        Invocation.Ended ended = Invocation.in(directory).run("hook").expect(0);

        assertThat(ended.out()).startsWith("INACTIVE");
        assertThat(Directories.everything(prod)).isEmpty();
    }

    @Test
    void syncsOncePerDeployment() {
        assertThat(production("v1").expect(0).out()).contains("✓ Synced: a.txt").contains("SYNCED (deployment v1)");
        assertThat(production("v1").expect(0).out()).startsWith("ALREADY_APPLIED (deployment v1)");
        assertThat(Directories.content(prod)).containsOnlyKeys("a.txt");
    }

    @Test
    void jsonHasTheContractsFields() {
        JsonNode json = production("v1", "-o", "json").expect(0).json();

        assertThat(json.properties().stream().map(Map.Entry::getKey))
                .contains("result", "deployment", "runId", "outcome", "nextAttempt", "holder");
        assertThat(json.path("result").asText()).isEqualTo("SYNCED");
        assertThat(json.path("deployment").asText()).isEqualTo("v1");
    }

    @Test
    void theLastEventIsTheExit() {
        List<JsonNode> events = production("v1", "-o", "ndjson").expect(0).lines();

        assertThat(events.get(events.size() - 1).path("type").asText()).isEqualTo("exit");
        assertThat(events.get(events.size() - 2).path("type").asText()).isEqualTo("hook.finished");
    }

    @Test
    void aSecondDeploymentWithinTheIntervalIsDeferred() {
        production("v1").expect(0);

        assertThat(production("v2").expect(0).out())
                .startsWith("DEFERRED (deployment v2)")
                .contains("less than 1h ago; this one is due at ")
                .as("the time is said once")
                .doesNotContain("next attempt");
        assertThat(production("v2", "--again").expect(0).out()).contains("SYNCED (deployment v2)");
    }

    @Test
    void aFailureWarnsOrFailsAsAsked() throws IOException {
        Files.delete(directory.resolve("dev/a.txt"));
        Files.delete(directory.resolve("dev"));

        assertThat(production("v1").expect(0).out()).contains("FAILED");
        Invocation.in(directory)
                .run("hook", "--env", "production", "--deployment-id", "v1", "--on-failure", "fail", "--again")
                .expect(6);
    }

    @Test
    void aBrokenConfigurationIsNotConfigured() throws IOException {
        Files.writeString(directory.resolve("replicator.yaml"), "version: 1\nbogus: 2\n");

        assertThat(production("v1").expect(0).out())
                .startsWith("NOT_CONFIGURED")
                .contains("bogus");
        production("v1", "--on-failure", "fail").expect(2);
    }

    @Test
    void aVariableThatCantBeUsedIsAWarningHere() {
        Invocation.Ended ended = Invocation.in(directory)
                .with("REPLICATOR_LEASE_TTL", "soon")
                .with("REPLICATOR_DEPLOYMENT_ID", "a\u0007b")
                .with("GIT_SHA", "4f2a91c")
                .run("hook", "--env", "production")
                .expect(0);

        assertThat(ended.err()).contains("REPLICATOR_LEASE_TTL is ignored", "REPLICATOR_DEPLOYMENT_ID is ignored");
        assertThat(ended.out()).contains("SYNCED (deployment 4f2a91c)");
    }

    @Test
    void validateOnlyCopiesNothing() {
        assertThat(production("v1", "--validate-only").expect(0).out()).contains("VALIDATED: 0 matched, 1 missing");
        production("v1", "--validate-only", "--on-failure", "fail").expect(3);
        assertThat(Directories.content(prod)).isEmpty();
    }

    @Test
    void aSignalEndsItWhateverThePolicy() {
        Invocation.in(directory)
                .terminated()
                .run("hook", "--env", "production", "--deployment-id", "v1")
                .expect(143);

        assertThat(Directories.content(prod)).isEmpty();
        assertThat(production("v1").expect(0).out()).contains("SYNCED");
    }
}

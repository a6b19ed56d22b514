package dev.replicator.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.replicator.Replicator;
import dev.replicator.RunOptions;
import dev.replicator.config.ConfigLoader;
import dev.replicator.config.Configuration;
import dev.replicator.config.JobConfig;
import dev.replicator.hook.DeployHook;
import dev.replicator.hook.LeasedRuns;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The buckets' reports are the truth: what others ran shows, and a lost history is made anew of them. */
@Timeout(60)
class ImportTest {
    @TempDir
    Path directory;

    @Test
    void runsOfTheHookAndOfTheCommandShowAndSurviveTheHistory() throws Exception {
        try (ServerFixture server = ServerFixture.start(directory, "")) {
            server.source("a", "of a");
            hook();
            server.source("b", "of b");
            command();
            server.source("c", "of c");
            server.run("{}");
            assertThat(server.json("/api/v1/runs")
                            .path("items")
                            .path(0)
                            .path("trigger")
                            .path("kind")
                            .asText())
                    .isEqualTo("API");
        }
        for (String name : new String[] {"history.db", "history.db-wal", "history.db-shm"}) {
            Files.deleteIfExists(directory.resolve(name));
        }

        try (ServerFixture server = ServerFixture.start(directory, "")) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> server.json("/api/v1/runs").path("items").size() == 3);
            JsonNode runs = server.json("/api/v1/runs").path("items");

            JsonNode byHook = runs.path(2);
            assertThat(byHook.path("trigger").path("kind").asText()).isEqualTo("DEPLOYMENT");
            assertThat(byHook.path("trigger").path("reason").asText()).isEqualTo("deployment build-7");
            assertThat(byHook.path("totals").path("copied").asLong()).isEqualTo(1);
            assertThat(runs.path(1).path("trigger").path("kind").asText()).isEqualTo("ELSEWHERE");
            assertThat(server.json("/api/v1/runs/" + byHook.path("id").asText())
                            .path("report")
                            .path("outcome")
                            .asText())
                    .isEqualTo("SUCCEEDED");
        }
    }

    private Configuration configuration() {
        return new ConfigLoader(directory, Map.of()).load(Optional.empty());
    }

    private void hook() {
        DeployHook.builder()
                .configuration(configuration())
                .environmentName("production")
                .deploymentId("build-7")
                .build()
                .run();
    }

    private void command() throws InterruptedException {
        Replicator replicator = Replicator.create();
        JobConfig job = configuration().jobs().get("media");
        new LeasedRuns(replicator, Clock.systemUTC(), "elsewhere")
                .run(job.job(), job.hook(), RunOptions.defaults(), replicator::run);
    }
}

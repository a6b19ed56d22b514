package dev.replicator.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.replicator.config.ConfigLoader;
import dev.replicator.hook.DeployHook;
import dev.replicator.hook.HookResult;
import dev.replicator.server.history.PostgresDatabase;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two servers that share a PostgreSQL and a job. */
@Timeout(120)
class TwoServersTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String DEFERRING =
            ", transfer: { concurrency: 1, requests-per-second: 20 }, hook: { min-interval: 3s, lease-ttl: 5s }";

    private static PostgresDatabase postgres;

    @TempDir
    Path directory;

    @BeforeAll
    static void startDatabase() throws Exception {
        postgres = PostgresDatabase.start();
    }

    @AfterAll
    static void stopDatabase() throws Exception {
        if (postgres != null) {
            postgres.close();
        }
    }

    @BeforeEach
    void empty() throws IOException {
        postgres.emptied();
        Files.createDirectories(directory.resolve("dev"));
        Files.createDirectories(directory.resolve("prod"));
    }

    @Test
    void oneRunsAJobAtATimeAndEachKnowsOfTheOthersRuns() throws Exception {
        for (int i = 0; i < 400; i++) {
            Files.write(directory.resolve("dev/" + i), new byte[20_000]);
        }
        try (ServerFixture one = start(KilledServerTest.SLOW);
                ServerFixture other = start(KilledServerTest.SLOW)) {
            HttpResponse<String> first = one.post("/api/v1/jobs/media/runs", "{}");
            String run = first.headers().firstValue("Location").orElseThrow();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> other.json(run).path("state").asText().equals("RUNNING")
                            && one.json(run).path("progress").path("finished").asLong() > 0);

            JsonNode second = other.run("{}");
            HttpResponse<String> cancelled = other.post(run + "/cancel", "");
            JsonNode ended = one.ended(first);

            assertThat(second.path("state").asText()).isEqualTo("LOCKED");
            assertThat(cancelled.statusCode()).isEqualTo(202);
            assertThat(ended.path("state").asText()).isEqualTo("CANCELLED");
            assertThat(other.json("/api/v1/runs").path("items")).hasSize(2);
        }
    }

    @Test
    void aDeferredDeploymentThatIsDueIsRunByOneOfThem() throws Exception {
        ServerFixture.configure(directory, DEFERRING);
        int deployments = deployedUntilOneIsDeferred();
        Instant due = Instant.now().plus(Duration.ofSeconds(3));
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> Instant.now().isAfter(due));

        try (ServerFixture one = start(DEFERRING);
                ServerFixture other = start(DEFERRING)) {
            assertThat(one.uri()).isNotEqualTo(other.uri());
            Awaitility.await().atMost(SOON).until(() -> reports() >= deployments);
            assertThat(hook("release-" + deployments)).isEqualTo(HookResult.Kind.ALREADY_APPLIED);
        }

        assertThat(reports()).as("one run for each deployment").isEqualTo(deployments);
        assertThat(directory.resolve("prod/" + deployments + "-0")).exists();
    }

    /** A slow machine may leave so much time between two that the second one is due at once. */
    private int deployedUntilOneIsDeferred() throws IOException {
        int deployment = 0;
        HookResult.Kind kind;
        do {
            deployment++;
            for (int i = 0; i < 15; i++) {
                Files.write(directory.resolve("dev/" + deployment + "-" + i), new byte[2_000]);
            }
            kind = hook("release-" + deployment);
        } while (kind == HookResult.Kind.SYNCED);
        assertThat(kind).isEqualTo(HookResult.Kind.DEFERRED);
        return deployment;
    }

    private long reports() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("prod/.replicator/media/runs"))) {
            return files.filter(file -> file.toString().endsWith(".json")).count();
        }
    }

    private HookResult.Kind hook(String deployment) {
        return DeployHook.builder()
                .configuration(new ConfigLoader(directory, Map.of()).load(Optional.empty()))
                .jobName("media")
                .environment(Map.of("REPLICATOR_ENV", "production"))
                .deploymentId(deployment)
                .build()
                .run()
                .kind();
    }

    private ServerFixture start(String moreOfTheJob) throws Exception {
        return ServerFixture.start(directory, moreOfTheJob, Optional.of(postgres.url()));
    }
}

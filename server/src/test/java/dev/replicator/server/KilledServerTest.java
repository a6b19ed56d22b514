package dev.replicator.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.replicator.server.access.OwnToken;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that dies at work, and the one that comes after it. */
@Timeout(90)
class KilledServerTest {
    static final String SLOW = ", transfer: { concurrency: 1, requests-per-second: 10 }, hook: { lease-ttl: 5s }";
    private static final String FAST = ", hook: { lease-ttl: 5s }";
    private static final int OBJECTS = 25;

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    Path directory;

    /** A server in a process of its own; says where it listens. */
    static final class Child {
        private Child() {}

        public static void main(String[] arguments) throws Exception {
            ServerFixture server = ServerFixture.start(Path.of(arguments[0]), SLOW);
            System.out.println(server.uri());
            Thread.currentThread().join();
        }
    }

    @Test
    void theRunOfAKilledServerIsInterruptedAndTheNextOneConverges() throws Exception {
        Files.createDirectories(directory.resolve("dev"));
        for (int i = 0; i < OBJECTS; i++) {
            Files.write(directory.resolve("dev/" + i), new byte[20_000]);
        }
        Process child = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String run;
        try {
            run = startedIn(child);
        } finally {
            child.destroyForcibly();
            assertThat(child.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }

        try (ServerFixture next = ServerFixture.start(directory, FAST)) {
            JsonNode found = next.json("/api/v1/runs/" + run);
            assertThat(found.path("state").asText()).isEqualTo("INTERRUPTED");
            assertThat(found.path("endedAt").isNull()).isFalse();
            JsonNode listed = next.json("/api/v1/runs").path("items").path(0);
            JsonNode overview = next.json("/api/v1/jobs").path("items").path(0).path("lastRun");
            assertThat(List.of(found, listed, overview)).allSatisfy(told -> {
                assertThat(told.path("id").asText()).isEqualTo(run);
                assertThat(told.path("state").asText()).isEqualTo("INTERRUPTED");
                assertThat(told.path("message").asText()).contains("the server went away while it ran");
                assertThat(told.path("remedy").asText()).contains("Run it again");
            });

            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .untilAsserted(
                            () -> assertThat(next.get("/metrics").body())
                                    .contains(
                                            "replicator_runs_total{action=\"sync\",outcome=\"interrupted\",sync_job=\"media\"} 1.0"));

            JsonNode second = next.run("{}");

            assertThat(second.path("state").asText()).as(second.toString()).isEqualTo("SUCCEEDED");
            assertThat(second.path("totals").path("copied").asLong()).isBetween(1L, OBJECTS - 1L);
            for (int i = 0; i < OBJECTS; i++) {
                assertThat(directory.resolve("prod/" + i)).hasSize(20_000);
            }
        }
    }

    /** Starts a run there; gives its id once it has copied something. */
    private String startedIn(Process child) throws IOException, InterruptedException {
        BufferedReader said = new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8));
        URI uri = URI.create(said.readLine());
        HttpResponse<String> accepted = client.send(
                HttpRequest.newBuilder(uri.resolve("/api/v1/jobs/media/runs"))
                        .header(
                                "Authorization",
                                "Bearer "
                                        + OwnToken.existing(directory.resolve("state"))
                                                .token())
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        Awaitility.await()
                .atMost(Duration.ofSeconds(40))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> Files.exists(directory.resolve("prod/0")) || Files.exists(directory.resolve("prod/1")));
        return ServerFixture.json(accepted).path("id").asText();
    }
}

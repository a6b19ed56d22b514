package dev.replicator.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.replicator.server.run.Runs;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that is stopped at work, and the one that comes after it. */
@Timeout(90)
class StoppedServerTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir
    Path directory;

    @Test
    void aRunUnderWayIsCancelledItsEndKeptAndItsLeaseGivenBackWhoeverWaitsForIt() throws Exception {
        Files.createDirectories(directory.resolve("dev"));
        for (int i = 0; i < 200; i++) {
            Files.write(directory.resolve("dev/" + i), new byte[20_000]);
        }
        ServerFixture server = ServerFixture.start(
                directory, ", transfer: { concurrency: 1, requests-per-second: 10 }, hook: { lease-ttl: 60s }");
        HttpResponse<String> accepted = server.post("/api/v1/jobs/media/runs", "{}");
        String run = accepted.headers().firstValue("Location").orElseThrow();
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> server.json(run).path("progress").path("finished").asLong() > 0);
        CompletableFuture<Object> waiting = CompletableFuture.supplyAsync(() -> {
            try {
                return server.get(run + "?wait=60").statusCode();
            } catch (Exception e) {
                return e;
            }
        });
        Awaitility.await("a request in Runs.awaited")
                .atMost(Duration.ofSeconds(30))
                .until(StoppedServerTest::somebodyWaits);

        long began = System.nanoTime();
        server.close();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(SOON);
        assertThat(waiting.get(10, TimeUnit.SECONDS)).isNotNull();

        try (ServerFixture next = ServerFixture.start(directory, "")) {
            JsonNode found = next.json(run);
            assertThat(found.path("state").asText()).isEqualTo("CANCELLED");
            assertThat(found.path("totals").path("copied").asLong()).isBetween(1L, 199L);
            long asked = System.nanoTime();
            assertThat(next.run("{}").path("state").asText()).isEqualTo("SUCCEEDED");
            assertThat(Duration.ofNanos(System.nanoTime() - asked))
                    .as("the lease was free")
                    .isLessThan(Duration.ofSeconds(30));
        }
    }

    /** Whether the request for the run's end has arrived: before, the end of the server would come first. */
    private static boolean somebodyWaits() {
        return Thread.getAllStackTraces().values().stream()
                .flatMap(Arrays::stream)
                .anyMatch(frame -> frame.getClassName().equals(Runs.class.getName())
                        && frame.getMethodName().equals("awaited"));
    }
}

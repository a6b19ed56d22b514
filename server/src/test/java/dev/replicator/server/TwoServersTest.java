package dev.replicator.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.replicator.server.history.PostgresServer;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two servers that share a PostgreSQL and a job. */
@Timeout(120)
class TwoServersTest {
    @TempDir
    Path directory;

    @Test
    void oneRunsAJobAtATimeAndEachKnowsOfTheOthersRuns() throws Exception {
        Optional<PostgresServer> found = PostgresServer.start();
        Assumptions.assumeTrue(found.isPresent(), "no PostgreSQL on this machine: initdb and pg_ctl were not found");
        Files.createDirectories(directory.resolve("dev"));
        for (int i = 0; i < 400; i++) {
            Files.write(directory.resolve("dev/" + i), new byte[20_000]);
        }
        try (PostgresServer postgres = found.get();
                ServerFixture one = start(postgres);
                ServerFixture other = start(postgres)) {
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

    private ServerFixture start(PostgresServer postgres) throws Exception {
        return ServerFixture.start(directory, KilledServerTest.SLOW, Optional.of(postgres.url()));
    }
}

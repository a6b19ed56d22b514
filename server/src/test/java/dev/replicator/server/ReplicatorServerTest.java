package dev.replicator.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.replicator.Replicator;
import dev.replicator.config.ConfigLoader;
import dev.replicator.config.Configuration;
import dev.replicator.config.ListenAddress;
import dev.replicator.config.ServerSettings;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The server from its configuration to its answers, over directories. */
@Timeout(60)
class ReplicatorServerTest {
    private final HttpClient client = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();

    @TempDir
    Path directory;

    private ReplicatorServer server;

    @BeforeEach
    void start() throws IOException {
        Files.createDirectories(directory.resolve("dev"));
        Files.createDirectories(directory.resolve("prod"));
        Files.writeString(directory.resolve("dev/a"), "of a");
        Files.writeString(directory.resolve("dev/b"), "of b");
        Files.writeString(directory.resolve("replicator.yaml"), """
            version: 1
            jobs:
              media: { source: "./dev", destination: "./prod" }
            """);
        server = ReplicatorServer.start(
                atAFreePort(new ConfigLoader(directory, Map.of()).load(Optional.empty())),
                Replicator.create(),
                directory.resolve("state"),
                Clock.systemUTC(),
                "here");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aSyncThatWasAskedForIsDoneAndRemembered() throws Exception {
        HttpResponse<String> accepted = post("/api/v1/jobs/media/runs", "{\"action\":\"sync\",\"reason\":\"because\"}");

        JsonNode run = ended(accepted);

        assertThat(accepted.statusCode()).isEqualTo(202);
        assertThat(run.path("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(run.path("trigger").path("reason").asText()).isEqualTo("because");
        assertThat(run.path("report").path("copied").asLong()).isEqualTo(2);
        assertThat(directory.resolve("prod/a")).hasContent("of a");
        JsonNode objects =
                json.readTree(get(accepted.headers().firstValue("Location").orElseThrow() + "/objects?pageSize=1")
                        .body());
        assertThat(objects.path("items")).hasSize(1);
        assertThat(objects.path("nextPageToken").asText()).isEqualTo("1");
    }

    @Test
    void aDryRunWritesNothing() throws Exception {
        JsonNode run = ended(post("/api/v1/jobs/media/runs", "{\"dryRun\":true}"));

        assertThat(run.path("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(directory.resolve("prod")).isEmptyDirectory();
    }

    @Test
    void aMistypedFieldIsRefusedByName() throws Exception {
        HttpResponse<String> refused = post("/api/v1/jobs/media/runs", "{\"dryrun\":true}");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(json.readTree(refused.body()).path("detail").asText()).contains("dryrun");
    }

    @Test
    void anUnknownJobIsNotFound() throws Exception {
        assertThat(post("/api/v1/jobs/other/runs", "{}").statusCode()).isEqualTo(404);
    }

    private JsonNode ended(HttpResponse<String> accepted) {
        String location = accepted.headers().firstValue("Location").orElseThrow();
        AtomicReference<JsonNode> last = new AtomicReference<>(json.nullNode());
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
            last.set(json.readTree(get(location).body()));
            return !last.get().path("endedAt").isNull();
        });
        return last.get();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return described(request(path).build());
    }

    private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return described(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(server.uri().resolve(path)).header("Authorization", authorization());
    }

    private HttpResponse<String> described(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        DescribedExchange.check(request.method(), request.uri().getPath(), response);
        return response;
    }

    private String authorization() {
        return "Bearer " + server.ownToken().orElseThrow().token();
    }

    private static Configuration atAFreePort(Configuration configuration) {
        return configuration.withServer(ServerSettings.DEFAULT.withListen(new ListenAddress("127.0.0.1", 0)));
    }
}

package dev.replicator.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.replicator.Replicator;
import dev.replicator.config.AccessToken;
import dev.replicator.config.ConfigLoader;
import dev.replicator.config.Configuration;
import dev.replicator.config.JobConfig;
import dev.replicator.config.ListenAddress;
import dev.replicator.config.NotificationSettings;
import dev.replicator.config.NotificationSettings.Channel;
import dev.replicator.config.NotificationSettings.Event;
import dev.replicator.config.NotificationSettings.Way;
import dev.replicator.config.Role;
import dev.replicator.config.ScheduleSettings;
import dev.replicator.config.ServerSettings;
import dev.replicator.server.notify.send.Listener;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Schedules, notifications, metrics and health of a whole server, over directories. */
@Timeout(60)
class OperationsTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private final HttpClient client = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();

    @TempDir
    Path directory;

    private Listener listener;
    private ReplicatorServer server;

    @BeforeEach
    void start() throws Exception {
        listener = new Listener();
        Files.createDirectories(directory.resolve("dev"));
        Files.createDirectories(directory.resolve("prod"));
        Files.writeString(directory.resolve("dev/a"), "of a");
        Files.writeString(directory.resolve("replicator.yaml"), """
                version: 1
                jobs:
                  media: { source: "./dev", destination: "./prod" }
                """);
        server = served();
    }

    @AfterEach
    void stop() {
        server.close();
        listener.close();
    }

    @Test
    void aScheduledSyncRunsByItselfAndIsToldAndCounted() throws Exception {
        Awaitility.await().atMost(SOON).until(() -> Files.exists(directory.resolve("prod/a")));
        Awaitility.await().atMost(SOON).until(() -> !listener.heard().isEmpty());

        JsonNode told = json.readTree(listener.heard().get(0).body());
        assertThat(told.path("event").asText()).isEqualTo("SUCCEEDED");
        assertThat(told.path("run").path("trigger").path("kind").asText()).isEqualTo("SCHEDULE");
        assertThat(told.path("run").path("counts").path("copied").asLong()).isEqualTo(1);
        Awaitility.await()
                .atMost(SOON)
                .until(() -> get("/metrics", "viewer")
                        .body()
                        .contains("replicator_http_request_duration_seconds_count{method=\"GET\",route=\"/metrics\""));
        assertThat(get("/metrics", "viewer").body())
                .contains("replicator_objects_total{action=\"sync\",outcome=\"copied\",sync_job=\"media\"} 1.0")
                .contains("replicator_last_success_timestamp_seconds{action=\"sync\",sync_job=\"media\"}");
        JsonNode channel = json.readTree(get("/api/v1/notifications", "viewer").body())
                .path("items")
                .get(0);
        assertThat(channel.path("last").path("code").asInt()).isEqualTo(200);
        assertThat(channel.toString()).doesNotContain("127.0.0.1").doesNotContain("s3cret");
    }

    @Test
    void aPausedJobRestsOverARestart() throws Exception {
        assertThat(post("/api/v1/jobs/media/pause", "viewer").statusCode()).isEqualTo(403);
        JsonNode paused =
                json.readTree(post("/api/v1/jobs/media/pause", "operator").body());
        assertThat(paused.path("paused").asBoolean()).isTrue();
        assertThat(paused.path("nextRun").isNull()).isTrue();

        server.close();
        server = served();

        assertThat(json.readTree(get("/api/v1/jobs/media", "viewer").body())
                        .path("paused")
                        .asBoolean())
                .isTrue();
        JsonNode resumed =
                json.readTree(post("/api/v1/jobs/media/resume", "operator").body());
        assertThat(resumed.path("paused").asBoolean()).isFalse();
        assertThat(Instant.parse(resumed.path("nextRun").asText()))
                .isBetween(Instant.now().minusSeconds(5), Instant.now().plusSeconds(5));
        assertThat(post("/api/v1/jobs/other/pause", "operator").statusCode()).isEqualTo(404);
    }

    @Test
    void aChannelIsTriedByAnAdmin() throws Exception {
        assertThat(post("/api/v1/notifications/ops/test", "operator").statusCode())
                .isEqualTo(403);
        assertThat(post("/api/v1/notifications/other/test", "admin").statusCode())
                .isEqualTo(404);

        HttpResponse<String> taken = post("/api/v1/notifications/ops/test", "admin");
        listener.answers(500);
        HttpResponse<String> refused = post("/api/v1/notifications/ops/test", "admin");

        assertThat(taken.statusCode()).isEqualTo(202);
        assertThat(json.readTree(taken.body()).path("event").asText()).isEqualTo("TEST");
        assertThat(refused.statusCode()).isEqualTo(502);
        assertThat(json.readTree(refused.body()).path("code").asText()).isEqualTo("not-delivered");
        assertThat(refused.body()).doesNotContain("s3cret").doesNotContain("/hook");
    }

    @Test
    void healthNeedsNoTokenAndMetricsDo() throws Exception {
        assertThat(get("/health/ready", "").body()).isEqualTo("ready");
        assertThat(get("/health/live", "").statusCode()).isEqualTo(200);
        assertThat(get("/metrics", "").statusCode()).isEqualTo(401);
        assertThat(get("/api/v1/notifications", "").statusCode()).isEqualTo(401);
        HttpResponse<String> metrics = get("/metrics", "viewer");
        assertThat(metrics.headers().firstValue("Content-Type")).contains("text/plain; version=0.0.4; charset=utf-8");
    }

    private ReplicatorServer served() {
        Configuration read = new ConfigLoader(directory, Map.of()).load(Optional.empty());
        ScheduleSettings often = new ScheduleSettings(
                new ScheduleSettings.Timing.Every(Duration.ofSeconds(2)),
                ScheduleSettings.Action.SYNC,
                Duration.ZERO,
                ScheduleSettings.CatchUp.ONE);
        Configuration configuration = new Configuration(
                read.file(),
                read.jobs().entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey,
                                job -> new JobConfig(
                                        job.getValue().job(), job.getValue().hook(), List.of(often)))),
                read.stores(),
                ServerSettings.DEFAULT
                        .withListen(new ListenAddress("127.0.0.1", 0))
                        .withTokens(List.of(token(Role.VIEWER), token(Role.OPERATOR), token(Role.ADMIN))),
                new NotificationSettings(
                        List.of(new Channel(
                                "ops",
                                new Way.Webhook(listener.at("/hook"), "s3cret", Map.of()),
                                EnumSet.allOf(Event.class),
                                Set.of())),
                        Duration.ZERO,
                        true),
                read.warnings(),
                read.notConfigured());
        return ReplicatorServer.start(
                configuration, Replicator.create(), directory.resolve("state"), Clock.systemUTC(), "here");
    }

    private static AccessToken token(Role role) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(secret(role.name()).getBytes(StandardCharsets.UTF_8));
            return new AccessToken(role.name(), role, HexFormat.of().formatHex(digest));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String secret(String role) {
        return "token-of-the-" + role.toLowerCase(java.util.Locale.ROOT) + "-0123456789";
    }

    private HttpResponse<String> get(String path, String role) throws IOException, InterruptedException {
        return described(request(path, role).GET().build());
    }

    private HttpResponse<String> post(String path, String role) throws IOException, InterruptedException {
        return described(
                request(path, role).POST(HttpRequest.BodyPublishers.noBody()).build());
    }

    private HttpResponse<String> described(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        DescribedExchange.check(request.method(), request.uri().getPath(), response);
        return response;
    }

    private HttpRequest.Builder request(String path, String role) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.uri().resolve(path));
        return role.isEmpty() ? request : request.header("Authorization", "Bearer " + secret(role));
    }
}

package dev.replicator.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.hook.DeployHookException;
import dev.replicator.hook.HookHandle;
import dev.replicator.spring.TestApplication;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** Health and endpoint over HTTP, as Actuator serves them. */
@Timeout(60)
class ActuatorTest {
    @TempDir
    Path directory;

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void healthTellsHowTheHookEnded() throws IOException, InterruptedException {
        try (ConfigurableApplicationContext context =
                web().with("replicator.jobs.media.hook.mode=block").start()) {
            assertThat(get(context, "health/replicator").body())
                    .contains("\"status\":\"UP\"", "\"result\":\"SYNCED\"", "\"deployment\":\"release-1\"");
        }
    }

    @Test
    void healthAsksNoStore() throws IOException, InterruptedException {
        try (ConfigurableApplicationContext context =
                web().with("replicator.jobs.media.hook.mode=block").start()) {
            Files.move(directory.resolve("prod"), directory.resolve("gone"));
            Files.move(directory.resolve("dev"), directory.resolve("gone-too"));

            assertThat(get(context, "health/replicator").body()).contains("\"status\":\"UP\"", "SYNCED");
        }
    }

    @Test
    void aFailureIsDownOnlyWhereTheJobSaysFail() throws IOException, InterruptedException {
        try (ConfigurableApplicationContext context = broken().start()) {
            context.getBean(HookHandle.class).await(Duration.ofSeconds(30));
            assertThat(get(context, "health/replicator").body()).contains("\"status\":\"UP\"", "FAILED");
        }
        try (ConfigurableApplicationContext context = broken().with("replicator.jobs.media.hook.on-failure=fail")
                .with("replicator.jobs.media.hook.deployment-id=release-2")
                .start()) {
            awaitFirst(context);
            HttpResponse<String> answer = get(context, "health/replicator");
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).contains("\"status\":\"DOWN\"", "FAILED");
        }
    }

    @Test
    void healthCanBeSwitchedOff() throws IOException, InterruptedException {
        try (ConfigurableApplicationContext context =
                web().with("management.health.replicator.enabled=false").start()) {
            assertThat(get(context, "health/replicator").statusCode()).isEqualTo(404);
            assertThat(get(context, "health").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void theEndpointReadsByDefaultAndChangesNothing() throws IOException, InterruptedException {
        try (ConfigurableApplicationContext context =
                web().with("replicator.hook.enabled=false").start()) {
            HttpResponse<String> status = get(context, "replicator");
            assertThat(status.headers().firstValue("Content-Type"))
                    .get()
                    .asString()
                    .startsWith("application/json");
            assertThat(status.body()).startsWith("{").contains("\"configured\":true", "\"deployment\":\"release-1\"");

            assertThat(post(context, "{\"action\":\"sync\"}").statusCode()).isEqualTo(405);
            assertThat(directory.resolve("prod")).doesNotExist();
        }
    }

    @Test
    void withUnrestrictedAccessTheEndpointSyncsAndValidates() throws IOException, InterruptedException {
        try (ConfigurableApplicationContext context = web().with("replicator.hook.enabled=false")
                .with("management.endpoint.replicator.access=unrestricted")
                .start()) {
            assertThat(post(context, "{\"action\":\"validate\"}").body())
                    .contains("\"valid\":false", "\"missing\":[\"public/logo.svg\"]");
            assertThat(post(context, "{\"action\":\"sync\"}").body())
                    .contains("\"success\":true", "\"outcome\":\"SUCCEEDED\"", "\"copied\":1");
            assertThat(post(context, "{\"action\":\"validate\"}").body()).contains("\"valid\":true");
            assertThat(post(context, "{\"action\":\"wipe\"}").statusCode()).isEqualTo(400);
        }
    }

    private TestApplication web() {
        return TestApplication.web(directory, TestApplication.Auto.class)
                .withJob()
                .with("management.endpoints.web.exposure.include=health,replicator")
                .with("management.endpoint.health.show-details=always");
    }

    private TestApplication broken() {
        return web().with("replicator.jobs.media.source=" + directory.resolve("nowhere"));
    }

    private static void awaitFirst(ConfigurableApplicationContext context) throws InterruptedException {
        try {
            context.getBean(HookHandle.class).await(Duration.ofSeconds(30));
        } catch (DeployHookException expected) {
            assertThat(expected.result().isGood()).isFalse();
        }
    }

    private HttpResponse<String> get(ConfigurableApplicationContext context, String path)
            throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(uri(context, path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(ConfigurableApplicationContext context, String body)
            throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(uri(context, "replicator"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static URI uri(ConfigurableApplicationContext context, String path) {
        return URI.create(
                "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port") + "/actuator/" + path);
    }
}

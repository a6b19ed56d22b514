package dev.replicator.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import dev.replicator.config.AccessToken;
import dev.replicator.config.Role;
import dev.replicator.server.access.Secrets;
import dev.replicator.server.api.RequestGenerator;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Plants secrets wherever one may stand, uses the server rightly and wrongly, and looks for them in all that comes out. */
@Timeout(60)
class SecretsStayInsideTest {
    private static final String TOKEN = "planted-token-8f14e45fceea167a5a36dedd4bea2543";
    private static final String ENVIRONMENT = "planted-environment-c9f0f895fb98ab9159f51fd0297e236d";
    private static final String PASSWORD = "planted-password-45c48cce2e2d7fbdea1afc51c7c6ad26";
    private static final String WRONG = "planted-wrong-token-d3d9446802a44259755d38e6d163e820";

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private final List<String> out = new ArrayList<>();

    @TempDir
    Path directory;

    private Logger root;
    private Level level;

    @BeforeEach
    void listen() {
        root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        level = root.getLevel();
        logged.start();
        root.addAppender(logged);
        root.setLevel(Level.INFO);
        ((Logger) LoggerFactory.getLogger("dev.replicator")).setLevel(Level.TRACE);
    }

    @AfterEach
    void leave() {
        root.detachAppender(logged);
        root.setLevel(level);
        ((Logger) LoggerFactory.getLogger("dev.replicator")).setLevel(null);
    }

    @Test
    void noSecretIsInAnyAnswerHeaderOrLogLine() throws Exception {
        Files.writeString(directory.resolve("replicator.yaml"), """
            version: 1
            stores:
              dev: { uri: "./dev" }
              prod: { uri: "./prod" }
            jobs:
              media: { source: dev, destination: prod, metadata: { set: { note: "${env:PLANTED}" } } }
            """);
        String session;
        try (TestServer server = TestServer.in(
                directory,
                settings -> settings.withTokens(List.of(new AccessToken("planter", Role.ADMIN, Secrets.sha256(TOKEN))))
                        .withDatabaseLogin("planted-user", PASSWORD),
                Clock.systemUTC(),
                TestServer.LAX,
                Map.of("PLANTED", ENVIRONMENT, "AWS_SECRET_ACCESS_KEY", ENVIRONMENT))) {
            Files.writeString(directory.resolve("dev/a"), "of a");
            HttpResponse<String> login = ask(server, "POST", "/api/v1/session", "", "{\"token\":\"" + TOKEN + "\"}");
            String cookie = login.headers().firstValue("Set-Cookie").orElseThrow();
            session = cookie.substring(cookie.indexOf('=') + 1, cookie.indexOf(';'));
            out.add(login.body());
            for (int i = 0; i < 3; i++) {
                say(ask(server, "GET", "/api/v1/me", "Bearer " + WRONG, ""));
                say(ask(server, "GET", "/api/v1/me", WRONG, ""));
            }
            say(ask(server, "POST", "/api/v1/session", "", "{\"token\":\"" + WRONG + "\",\"x\":1}"));
            say(ask(server, "POST", "/api/v1/session", "", "{\"token\":\"" + WRONG));
            for (String path : List.of(
                    "/",
                    "/api/v1/openapi.json",
                    "/api/v1/audit",
                    "/api/v1/jobs",
                    "/metrics",
                    "/api/v1/config",
                    "/health/live")) {
                say(ask(server, "GET", path, "Bearer " + TOKEN, ""));
            }
            for (RequestGenerator.Request request : new RequestGenerator(new Random(7)).many(300)) {
                say(ask(server, request.method(), request.path(), "Bearer " + TOKEN, request.body()));
            }
        }
        List<String> lines;
        synchronized (logged) {
            lines = logged.list.stream()
                    .map(event -> event.getFormattedMessage() + " " + event.getMDCPropertyMap()
                            + (event.getThrowableProxy() == null
                                    ? ""
                                    : ThrowableProxyUtil.asString(event.getThrowableProxy())))
                    .toList();
        }

        assertThat(lines).isNotEmpty();
        assertThat(out).hasSizeGreaterThan(300);
        for (String secret : List.of(TOKEN, ENVIRONMENT, PASSWORD, WRONG, session, Secrets.sha256(TOKEN))) {
            String encoded = Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8));
            assertThat(out).noneMatch(text -> text.contains(secret) || text.contains(encoded));
            assertThat(lines).noneMatch(text -> text.contains(secret) || text.contains(encoded));
        }
        for (String secret : List.of(TOKEN, WRONG, session)) {
            assertThat(filesWith(secret)).as("what the server remembers").isEmpty();
        }
    }

    private List<Path> filesWith(String secret) throws Exception {
        try (Stream<Path> files = Files.walk(directory.resolve("state"))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> contains(file, secret))
                    .toList();
        }
    }

    private static boolean contains(Path file, String secret) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).contains(secret);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void say(HttpResponse<String> response) {
        out.add(response.statusCode() + " " + response.headers().map() + " " + response.body());
    }

    private static HttpResponse<String> ask(
            TestServer server, String method, String path, String authorization, String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://" + server.root().getAuthority() + path))
                .timeout(Duration.ofSeconds(10))
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}

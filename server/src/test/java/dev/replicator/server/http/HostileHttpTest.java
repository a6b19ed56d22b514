package dev.replicator.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.config.Role;
import dev.replicator.server.ApiClient;
import dev.replicator.server.RawHttp;
import dev.replicator.server.TestServer;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that no honest client sends. */
@Timeout(60)
class HostileHttpTest {
    private static final String AUTHORIZED = "Host: localhost\r\nAuthorization: Bearer "
            + TestServer.tokenOf(Role.ADMIN) + "\r\nConnection: close\r\n\r\n";
    private static final String STRANGER = "Host: localhost\r\nConnection: close\r\n\r\n";

    @TempDir
    static Path directory;

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.in(directory);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/jobs/",
                "//api/v1/jobs",
                "/api//v1/jobs",
                "/API/v1/jobs",
                "/api/v1/Jobs",
                "/api/v1/jobs;x=y",
                "/api/v1/jobs/..;/jobs",
                "/health/live/../../api/v1/jobs",
                "/health/live/..;/../api/v1/jobs",
                "/health/live;/../../api/v1/jobs",
                "/health/%2e%2e/api/v1/jobs",
                "/api%2fv1%2fjobs",
                "/api/v1/%6aobs",
                "/assets/../api/v1/jobs",
                "/index.html/../api/v1/jobs",
                "/api/v1/jobs%00",
                "/api/v1/jobs%20",
                "/api/v1/jobs?",
                "/api/v1/jobs#x",
                "/./api/v1/jobs",
                "/api/v1/jobs/.",
                "/api/v1/session/../jobs",
                "http://localhost/api/v1/jobs",
                "/health/live/",
                "/health/live%2f",
                "/HEALTH/LIVE",
                "/health/live/x"
            })
    void noSpellingOfAPathGetsAroundTheGate(String path) throws Exception {
        for (String method : List.of("GET", "HEAD", "POST", "DELETE", "OPTIONS", "PUT", "FOO", "QUERY")) {
            String answer = RawHttp.send(server.root(), method + " " + path + " HTTP/1.1\r\n" + STRANGER);

            assertThat(RawHttp.status(answer))
                    .as(method + " " + path + ": " + answer)
                    .isIn(400, 401, 403);
            assertThat(answer)
                    .doesNotContain("media")
                    .doesNotContainPattern("\n\\s*at ")
                    .doesNotContain("Jetty");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/v1/jobs HTTP/1.0\r\n\r\n",
                "GET /api/v1/jobs\r\n\r\n",
                "GET /api/v1/jobs HTTP/9.9\r\nHost: localhost\r\n\r\n",
                "GET /api/v1/jobs HTTP/1.1\r\n\r\n",
                "GET /api/v1/jobs HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                "GET /api/v1/jobs HTTP/1.1\r\nHost: localhost\r\nNo colon here\r\n\r\n",
                "GET /\u0000 HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /%zz HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /%c0%af HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\r\n\r\n",
                "POST /api/v1/session HTTP/1.1\r\n"
                        + "Host: localhost\r\n"
                        + "Content-Length: 5\r\n"
                        + "Content-Length: 6\r\n\r\n"
                        + "abcdef",
                "POST /api/v1/session HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
                "POST /api/v1/session HTTP/1.1\r\n"
                        + "Host: localhost\r\n"
                        + "Content-Length: 3\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\n"
                        + "0\r\n\r\n",
                "POST /api/v1/session HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "CONNECT localhost:1 HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                "OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "TRACE / HTTP/1.1\r\nHost: localhost\r\nCookie: secret=1\r\n\r\n"
            })
    void aMalformedRequestIsAnsweredWithAProblemAndNothingOfTheInside(String request) throws Exception {
        String answer = RawHttp.send(server.root(), request);

        assertThat(RawHttp.status(answer)).as(answer).isBetween(400, 505).isNotEqualTo(500);
        assertThat(answer)
                .doesNotContain("Server:", "Jetty", "jetty", "<html", "Exception", "secret=1")
                .doesNotContainPattern("\n\\s*at ");
        if (answer.contains("Content-Type")) {
            assertThat(answer).contains("application/problem+json", "nosniff");
        }
        assertThat(server.anybody().get("/health/live").status()).isEqualTo(200);
    }

    @Test
    void aConnectionThatEndsWithItsAnswerIsSaidToEnd() throws Exception {
        String answer = RawHttp.send(server.root(), "GET /api/v1/jobs/%00 HTTP/1.1\r\nHost: localhost\r\n\r\n");

        assertThat(RawHttp.status(answer)).isEqualTo(400);
        assertThat(answer).contains("Connection: close");
    }

    @Test
    void anotherNameOfTheServerIsRefusedButForHealth() throws Exception {
        for (String host : List.of(
                "evil.example",
                "evil.example:80",
                "localhost.evil.example",
                "127.0.0.1.nip.io",
                "",
                "10.1.2.3",
                "[::2]",
                "localhost:x",
                "localhost@evil.example",
                "localhost\tevil")) {
            String get = "GET /api/v1/jobs HTTP/1.1\r\nHost: " + host
                    + "\r\nConnection: close\r\nAuthorization: Bearer " + TestServer.tokenOf(Role.ADMIN) + "\r\n\r\n";
            assertThat(RawHttp.status(RawHttp.send(server.root(), get)))
                    .as(host)
                    .isIn(400, 421);
        }
        String page = RawHttp.send(server.root(), "GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
        assertThat(RawHttp.status(page)).isEqualTo(421);
        String health =
                RawHttp.send(server.root(), "GET /health/live HTTP/1.1\r\nHost: 10.1.2.3\r\nConnection: close\r\n\r\n");
        assertThat(RawHttp.status(health)).isEqualTo(200);
        String local =
                "GET /api/v1/jobs HTTP/1.1\r\nHost: LocalHost:1234\r\nConnection: close\r\nAuthorization: Bearer "
                        + TestServer.tokenOf(Role.ADMIN) + "\r\n\r\n";
        assertThat(RawHttp.status(RawHttp.send(server.root(), local))).isEqualTo(200);
    }

    @Test
    void aBodyBeyondTheLimitIsRefused() throws Exception {
        String large = "{\"reason\":\"" + "x".repeat(Listening.LARGEST_BODY) + "\"}";
        assertThat(server.as(Role.ADMIN).post("/api/v1/jobs/media/runs", large).code())
                .isEqualTo("body-too-large");

        String endless = RawHttp.send(
                server.root(),
                "POST /api/v1/jobs/media/runs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + "Authorization: Bearer " + TestServer.tokenOf(Role.ADMIN)
                        + "\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + ("1000\r\n" + " ".repeat(4096) + "\r\n").repeat(Listening.LARGEST_BODY / 4096 + 1));
        assertThat(RawHttp.status(endless)).as(endless).isEqualTo(413);
    }

    @Test
    void headersBeyondTheLimitAreRefused() throws Exception {
        String answer = RawHttp.send(
                server.root(),
                "GET /health/live HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(Listening.LARGEST_HEADERS)
                        + "\r\n\r\n");

        assertThat(RawHttp.status(answer)).as(answer).isEqualTo(431);
        assertThat(answer).contains("headers-too-large");
    }

    @Test
    void aBodyIsJsonAndNoMoreThanIsKnown() {
        ApiClient client = server.as(Role.ADMIN);
        String run = "/api/v1/jobs/media/runs";
        assertThat(client.with("Content-Type", "text/plain").post(run, "{}").code())
                .isEqualTo("unsupported-media-type");
        assertThat(client.with("Content-Type", "application/x-www-form-urlencoded")
                        .post(run, "a=b")
                        .code())
                .isEqualTo("unsupported-media-type");
        assertThat(client.with("Content-Type", "application/json; charset=utf-16")
                        .post(run, "{}")
                        .code())
                .isEqualTo("unsupported-media-type");
        for (String body : List.of(
                "{",
                "[]",
                "1",
                "\"x\"",
                "null",
                "{}{}",
                "{\"dryRun\":true,\"dryRun\":false}",
                "[".repeat(30_000),
                "{\"a\":".repeat(5_000),
                "{\"dryRun\":1e999999999}",
                "{\"dryRun\":\"true\"}",
                "{\"reason\":" + "9".repeat(5_000) + "}",
                "\u0000",
                "{\"action\":\"destroy\"}")) {
            assertThat(client.post(run, body).code()).as(body).isEqualTo("bad-request");
        }
        assertThat(client.post("/api/v1/runs/x/cancel", "{\"a\":1}").code()).isEqualTo("bad-request");
    }

    @Test
    void anUnknownFieldIsNamedByItsPointer() {
        ApiClient.Answer answer = server.as(Role.ADMIN)
                .post("/api/v1/jobs/media/runs", "{\"dryrun\":true,\"overrides\":{\"pa/ths\":[]}}");

        assertThat(answer.json().path("errors").findValuesAsText("pointer"))
                .containsExactlyInAnyOrder("/dryrun", "/overrides/pa~1ths");
    }

    @Test
    void anUnknownOrDoubleOrWrongParameterIsRefusedByName() {
        ApiClient client = server.as(Role.ADMIN);
        for (String query : List.of(
                "pagesize=1",
                "pageSize=0",
                "pageSize=1001",
                "pageSize=x",
                "pageSize=1&pageSize=2",
                "pageSize=99999999999999999999",
                "state=OPEN",
                "pageSize=",
                "x",
                "=")) {
            ApiClient.Answer answer = client.get("/api/v1/runs?" + query);
            assertThat(answer.code()).as(query).isEqualTo("bad-request");
            assertThat(answer.json().path("errors").findValuesAsText("parameter"))
                    .as(query)
                    .hasSize(1);
        }
    }

    @Test
    void aMethodThatIsNotThereIsToldWithThoseThatAre() {
        for (String method : List.of("PUT", "PATCH", "DELETE", "OPTIONS")) {
            ApiClient.Answer answer = server.as(Role.ADMIN).send(method, "/api/v1/runs", Optional.empty());

            assertThat(answer.code()).as(method).isEqualTo("method-not-allowed");
            assertThat(answer.header("Allow")).isEqualTo("GET, HEAD");
        }
    }

    @Test
    void headIsGetWithoutTheBodyAndAsksForTheSameRole() throws Exception {
        assertThat(server.as(Role.ADMIN)
                        .send("HEAD", "/api/v1/audit", Optional.empty())
                        .status())
                .isEqualTo(200);
        assertThat(server.as(Role.VIEWER)
                        .send("HEAD", "/api/v1/audit", Optional.empty())
                        .status())
                .isEqualTo(403);
        String raw = RawHttp.send(server.root(), "HEAD /api/v1/jobs HTTP/1.1\r\n" + AUTHORIZED);
        assertThat(RawHttp.status(raw)).isEqualTo(200);
        assertThat(raw).endsWith("\r\n\r\n");
    }

    @Test
    void clientsThatSendByteByByteDoNotKeepOthersOut() throws Exception {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 600; i++) {
                Socket socket = RawHttp.connected(server.root());
                String begun = i % 3 == 0
                        ? "GET /api/v1/jobs HTTP/1.1\r\nHost: local"
                        : "POST /api/v1/session HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                + "Content-Length: 5000\r\n\r\n{";
                socket.getOutputStream().write(begun.getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().flush();
                slow.add(socket);
            }

            Awaitility.await()
                    .atMost(Duration.ofSeconds(5))
                    .ignoreExceptions()
                    .until(() -> server.as(Role.VIEWER).get("/api/v1/jobs").status() == 200);
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }
}

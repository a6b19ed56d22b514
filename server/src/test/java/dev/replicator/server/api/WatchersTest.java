package dev.replicator.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.config.Role;
import dev.replicator.server.ApiClient;
import dev.replicator.server.RawHttp;
import dev.replicator.server.TestServer;
import dev.replicator.server.access.AccessLimits;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Those who watch the stream of events. */
@Timeout(60)
class WatchersTest {
    private final List<Socket> sockets = new ArrayList<>();

    @TempDir
    Path directory;

    @AfterEach
    void closeAll() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    @Test
    void aHundredWatchARun() throws Exception {
        try (TestServer server = TestServer.in(directory)) {
            List<BufferedReader> watchers = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                watchers.add(watch(server, "Authorization: Bearer " + TestServer.tokenOf(Role.VIEWER)));
            }
            for (BufferedReader watcher : watchers) {
                assertThat(until(watcher, "event: reset")).isTrue();
            }

            server.as(Role.OPERATOR).post("/api/v1/jobs/media/runs", "{\"dryRun\":true}");

            for (BufferedReader watcher : watchers) {
                assertThat(until(watcher, "event: run")).isTrue();
            }
        }
    }

    @Test
    void noMoreWatchThanThereIsRoomForAndWhoLeavesMakesRoom() throws Exception {
        try (TestServer server = TestServer.in(
                directory, UnaryOperator.identity(), Clock.systemUTC(), new AccessLimits(100, 100, 3, 2))) {
            String viewer = "Authorization: Bearer " + TestServer.tokenOf(Role.VIEWER);
            assertThat(until(watch(server, viewer), "event: reset")).isTrue();
            assertThat(until(watch(server, viewer), "event: reset")).isTrue();
            ApiClient watching = server.as(Role.VIEWER).with("Accept", "text/event-stream");

            ApiClient.Answer third = watching.get("/api/v1/events");
            assertThat(third.code()).isEqualTo("too-many-watchers");
            assertThat(third.header("Retry-After")).isEqualTo("30");

            sockets.get(0).close();
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
                server.as(Role.OPERATOR).post("/api/v1/jobs/media/runs", "{\"dryRun\":true}");
                return until(watch(server, viewer), "event: reset");
            });
        }
    }

    @Test
    void aStreamEndsWithItsSession() throws Exception {
        try (TestServer server = TestServer.in(directory)) {
            String set = server.anybody()
                    .post("/api/v1/session", "{\"token\":\"" + TestServer.tokenOf(Role.OPERATOR) + "\"}")
                    .header("Set-Cookie");
            String cookie = set.substring(0, set.indexOf(';'));
            BufferedReader watcher = watch(server, "Cookie: " + cookie);
            assertThat(until(watcher, "event: reset")).isTrue();

            ApiClient session = server.anybody().with("Cookie", cookie).with("X-Replicator-Request", "1");
            assertThat(session.with("Sec-Fetch-Site", "same-origin")
                            .delete("/api/v1/session")
                            .status())
                    .isEqualTo(204);

            CompletableFuture<Boolean> toItsEnd = CompletableFuture.supplyAsync(() -> untilUnchecked(watcher));
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
                server.as(Role.OPERATOR).post("/api/v1/jobs/media/runs", "{\"dryRun\":true}");
                return toItsEnd.isDone();
            });
            assertThat(toItsEnd.join()).isFalse();
        }
    }

    @Test
    void aStreamIsNotForCachesOrProxiesToHoldAndNotForOtherFormats() throws Exception {
        try (TestServer server = TestServer.in(directory)) {
            BufferedReader watcher = watch(server, "Authorization: Bearer " + TestServer.tokenOf(Role.VIEWER));
            List<String> head = new ArrayList<>();
            for (String line = watcher.readLine(); line != null && !line.isEmpty(); line = watcher.readLine()) {
                head.add(line);
            }

            assertThat(head)
                    .contains("X-Accel-Buffering: no", "Cache-Control: no-store")
                    .anyMatch(line -> line.startsWith("Content-Type: text/event-stream"));
            assertThat(server.as(Role.VIEWER)
                            .with("Accept", "text/html")
                            .get("/api/v1/events")
                            .code())
                    .isEqualTo("not-acceptable");
        }
    }

    @Test
    void nobodyIsPromisedTheEventsOfOneRunAndGetsThoseOfAll() throws Exception {
        try (TestServer server = TestServer.in(directory)) {
            assertThat(server.as(Role.VIEWER)
                            .with("Accept", "text/event-stream")
                            .get("/api/v1/events?run=one")
                            .status())
                    .isEqualTo(400);
        }
    }

    private BufferedReader watch(TestServer server, String header) throws IOException {
        Socket socket = RawHttp.connected(server.root());
        sockets.add(socket);
        socket.getOutputStream()
                .write(("GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n" + header
                                + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    private static boolean until(BufferedReader reader, String wanted) throws IOException {
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            if (line.equals(wanted)) {
                return true;
            }
            if (line.startsWith("HTTP/1.1 503")) {
                return false;
            }
        }
        return false;
    }

    private static boolean untilUnchecked(BufferedReader reader) {
        try {
            return until(reader, "what is never sent");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

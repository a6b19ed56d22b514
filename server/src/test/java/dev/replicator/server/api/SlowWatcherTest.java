package dev.replicator.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.config.Role;
import dev.replicator.config.ServerSettings;
import dev.replicator.server.TestServer;
import dev.replicator.server.access.AccessLimits;
import dev.replicator.server.access.AccessTokens;
import dev.replicator.server.event.EventHub;
import dev.replicator.server.history.Database;
import dev.replicator.server.history.FreshDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One who watches the stream of events and never reads it, over a real socket. */
@Timeout(60)
class SlowWatcherTest {
    private static final int EVENTS = 40;
    private static final int LARGE = 1 << 20;
    /** Half of the time after which a connection that is silent is let go in any case. */
    private static final Duration SOON = Duration.ofSeconds(15);

    private final EventHub hub = new EventHub();

    @TempDir
    Path directory;

    @Test
    void holdsUpNeitherWhoPublishesNorOtherWatchersAndIsCutOff() throws Exception {
        try (Database database = FreshDatabase.in(directory);
                Api api = served(database);
                Socket slow = watching(api);
                Socket quick = watching(api)) {
            BufferedReader head = reader(slow);
            until(head, "event: reset");
            BufferedReader reader = reader(quick);
            until(reader, "event: reset");
            assertThat(isRefused(api)).as("two are all there is room for").isTrue();

            for (int i = 0; i < EVENTS; i++) {
                hub.publish("run", i + "x".repeat(LARGE));
                until(reader, "event: run");
            }

            Awaitility.await().atMost(SOON).until(() -> !isRefused(api));
            assertThat(left(slow.getInputStream()))
                    .as("what was on its way when he was cut off, and then the end")
                    .isLessThan(EVENTS / 2L * LARGE);
        }
    }

    private Api served(Database database) {
        return Api.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                ServerSettings.DEFAULT,
                new AccessLimits(100, 100, 2, 2),
                new Api.Parts(
                        database,
                        new AccessTokens(TestServer.allRoles()),
                        hub,
                        (method, route, status, millis) -> {},
                        Clock.systemUTC()),
                List.of());
    }

    private static Socket watching(Api api) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4_096);
        socket.setSoTimeout(20_000);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), api.port()));
        socket.getOutputStream()
                .write(("GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n"
                                + "Authorization: Bearer " + TestServer.tokenOf(Role.VIEWER) + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
        return socket;
    }

    private static BufferedReader reader(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    }

    private static boolean isRefused(Api api) throws IOException {
        try (Socket another = watching(api)) {
            String status = reader(another).readLine();
            return status.startsWith("HTTP/1.1 503");
        }
    }

    private static void until(BufferedReader reader, String wanted) throws IOException {
        String line = reader.readLine();
        while (!wanted.equals(line)) {
            assertThat(line).as("before %s came", wanted).isNotNull();
            line = reader.readLine();
        }
    }

    /** How much can still be read before the end. */
    private static long left(InputStream stream) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        long read = 0;
        try {
            for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
                read += count;
            }
        } catch (SocketException e) {
            assertThat(e).hasMessageContaining("reset");
        }
        return read;
    }
}

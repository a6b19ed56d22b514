package dev.replicator.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.config.Network;
import dev.replicator.config.Role;
import dev.replicator.server.ApiClient;
import dev.replicator.server.TestServer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Guesses at a server behind a proxy; this test is the proxy, or somebody who would like to be taken for one. */
@Timeout(60)
class ProxiedGuessesTest {
    private static final String FORWARDED = "X-Forwarded-For";

    @TempDir
    Path directory;

    @Test
    void whoGuessesBehindAProxyShutsOutHimselfAlone() {
        try (TestServer server = behind("127.0.0.0/8")) {
            for (int i = 0; i < 6; i++) {
                guess(server, "203.0.113." + i + ", 198.51.100.1");
            }

            assertThat(ask(server, "198.51.100.1")).isEqualTo(429);
            assertThat(ask(server, "203.0.113.7, 198.51.100.1"))
                    .as("what he makes up stands to the left of what the proxy saw")
                    .isEqualTo(429);
            assertThat(ask(server, "198.51.100.2")).isEqualTo(200);
            assertThat(server.as(Role.VIEWER).get("/api/v1/me").status()).isEqualTo(200);
        }
    }

    @Test
    void whoIsNoTrustedProxyIsCountedWhateverHisHeaderSays() {
        try (TestServer server = behind("192.0.2.7")) {
            for (int i = 0; i < 5; i++) {
                guess(server, "198.51.100." + i);
            }

            assertThat(ask(server, "198.51.100.99")).isEqualTo(429);
            assertThat(ask(server, "192.0.2.7")).isEqualTo(429);
        }
    }

    @Test
    void theAuditTellsTheClientsAddress() {
        try (TestServer server = behind("127.0.0.1")) {
            server.as(Role.OPERATOR).with(FORWARDED, "198.51.100.1").post("/api/v1/jobs/media/pause");

            assertThat(server.as(Role.ADMIN)
                            .get("/api/v1/audit")
                            .json()
                            .path("items")
                            .findValuesAsText("address"))
                    .containsExactly("198.51.100.1");
        }
    }

    private TestServer behind(String proxy) {
        return TestServer.in(
                directory,
                settings -> settings.withTrustedProxies(List.of(Network.parse(proxy))),
                Clock.systemUTC(),
                TestServer.LAX);
    }

    private static void guess(TestServer server, String forwarded) {
        ApiClient guessing =
                server.anybody().with("Authorization", "Bearer wrong").with(FORWARDED, forwarded);
        assertThat(guessing.get("/api/v1/me").status()).isIn(401, 429);
    }

    private static int ask(TestServer server, String forwarded) {
        return server.as(Role.VIEWER)
                .with(FORWARDED, forwarded)
                .get("/api/v1/me")
                .status();
    }
}

package dev.replicator.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.replicator.config.Role;
import dev.replicator.server.ApiClient;
import dev.replicator.server.TestServer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is odd and allowed is answered, or refused; it is never an error of the server. */
@Timeout(60)
class OddRequestsTest {
    @TempDir
    static Path directory;

    private static TestServer server;
    private static String run;

    @BeforeAll
    static void start() {
        server = TestServer.in(directory);
        JsonNode started = server.as(Role.OPERATOR)
                .post("/api/v1/jobs/media/runs", "{\"dryRun\":true}")
                .json();
        run = "/api/v1/runs/" + started.path("id").asText();
        server.as(Role.VIEWER).get(run + "?wait=20");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @MethodSource("dev.replicator.server.api.OddRequests#paths")
    void isReadOrRefused(String path) {
        assertThat(server.as(Role.ADMIN).get(path).status()).isLessThan(500);
    }

    @ParameterizedTest
    @MethodSource("dev.replicator.server.api.OddRequests#pages")
    void isAPageOrRefused(String query) {
        assertThat(server.as(Role.ADMIN).get(run + "/objects" + query).status()).isLessThan(500);
    }

    @Test
    void halfACharacterIsNoReasonToFail() {
        ApiClient.Answer answer = server.as(Role.OPERATOR)
                .post("/api/v1/jobs/media/runs", "{\"action\":\"validate\",\"reason\":\"\\ud83d\"}");

        assertThat(answer.status()).isLessThan(500);
        assertThat(server.as(Role.VIEWER).get("/api/v1/runs").status()).isEqualTo(200);
        assertThat(server.as(Role.ADMIN).get("/api/v1/audit").status()).isEqualTo(200);
    }
}

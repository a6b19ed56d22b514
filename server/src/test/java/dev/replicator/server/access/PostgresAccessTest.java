package dev.replicator.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.replicator.config.Role;
import dev.replicator.config.ServerSettings;
import dev.replicator.server.ApiClient;
import dev.replicator.server.TestServer;
import dev.replicator.server.api.OddRequests;
import dev.replicator.server.history.PostgresDatabase;
import dev.replicator.server.history.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sessions, keys, audit and pauses at two servers that share a PostgreSQL. */
@Timeout(60)
class PostgresAccessTest {
    private static final String RUNS = "/api/v1/jobs/media/runs";
    private static PostgresDatabase postgres;

    @TempDir
    Path directory;

    private TestServer one;
    private TestServer other;

    @BeforeAll
    static void startDatabase() throws Exception {
        postgres = PostgresDatabase.start();
    }

    @AfterAll
    static void stopDatabase() throws Exception {
        if (postgres != null) {
            postgres.close();
        }
    }

    @BeforeEach
    void start() {
        postgres.emptied();
        one = replica();
        other = replica();
    }

    @AfterEach
    void stop() {
        one.close();
        other.close();
    }

    private TestServer replica() {
        return TestServer.in(directory, PostgresAccessTest::shared, Clock.systemUTC(), TestServer.LAX);
    }

    private static ServerSettings shared(ServerSettings settings) {
        return settings.withDatabase(postgres.url()).withDatabaseLogin(PostgresServer.USER, "");
    }

    @Test
    void aSessionHoldsAtEveryServerUntilItEnds() {
        String set = one.anybody()
                .post("/api/v1/session", "{\"token\":\"" + TestServer.tokenOf(Role.OPERATOR) + "\"}")
                .header("Set-Cookie");
        String cookie = set.substring(0, set.indexOf(';'));

        assertThat(other.anybody().with("Cookie", cookie).get("/api/v1/me").status())
                .isEqualTo(200);
        assertThat(other.anybody()
                        .with("Cookie", cookie)
                        .with("X-Replicator-Request", "1")
                        .with("Sec-Fetch-Site", "same-origin")
                        .delete("/api/v1/session")
                        .status())
                .isEqualTo(204);
        assertThat(one.anybody().with("Cookie", cookie).get("/api/v1/runs").status())
                .isEqualTo(401);
    }

    @Test
    void ofManyRequestsUnderOneKeyAtTwoServersOneStartsARun() throws Exception {
        List<Integer> answers =
                atOnce(client -> client.with("Idempotency-Key", "the same").post(RUNS, "{\"dryRun\":true}"));

        assertThat(answers).isSubsetOf(200, 202, 409).containsOnlyOnce(202);
        assertThat(other.as(Role.VIEWER).get("/api/v1/runs").json().path("items"))
                .hasSize(1);
    }

    @Test
    void changesAtEitherServerAreInOneAudit() {
        one.as(Role.OPERATOR).post(RUNS, "{\"dryRun\":true,\"reason\":\"a\\u0000b \\ud83d\\ude00\"}");
        other.as(Role.OPERATOR).post("/api/v1/jobs/media/pause");
        other.as(Role.OPERATOR).post("/api/v1/runs/none/cancel");

        JsonNode newest = one.as(Role.ADMIN).get("/api/v1/audit?pageSize=2").json();
        JsonNode rest = one.as(Role.ADMIN)
                .get("/api/v1/audit?pageSize=2&pageToken="
                        + newest.path("nextPageToken").asText())
                .json();

        assertThat(newest.path("items"))
                .extracting(entry -> entry.path("status").asInt())
                .containsExactly(404, 200);
        assertThat(rest.path("items")).hasSize(1);
        assertThat(rest.path("items").get(0).path("status").asInt()).isEqualTo(202);
        assertThat(rest.path("items").get(0).path("reason").asText()).isEqualTo("a\ufffdb \ud83d\ude00");
    }

    @Test
    void aJobThatOneServerPausesRestsAtBoth() {
        one.as(Role.OPERATOR).post("/api/v1/jobs/media/pause");

        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> other.as(Role.VIEWER)
                        .get("/api/v1/jobs/media")
                        .json()
                        .path("paused")
                        .asBoolean());
    }

    @Test
    void ofTwoServersThatApplyAPlanAtOnceOneDoes() throws Exception {
        Files.writeString(directory.resolve("dev/new"), "of new");
        String run = one.as(Role.OPERATOR)
                .post(RUNS, "{\"action\":\"plan\"}")
                .json()
                .path("id")
                .asText();
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> other.as(Role.VIEWER).get("/api/v1/plans/" + run).status() == 200);
        String tag = other.as(Role.VIEWER).get("/api/v1/plans/" + run).header("ETag");
        other.as(Role.APPROVER).with("If-Match", tag).post("/api/v1/plans/" + run + "/approve", "{}");
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> one.as(Role.VIEWER)
                        .get("/api/v1/runs/" + run)
                        .json()
                        .path("endedAt")
                        .isTextual());

        List<Integer> answers =
                atOnce(client -> client.with("If-Match", tag).post("/api/v1/plans/" + run + "/apply", "{}"));

        assertThat(answers).isSubsetOf(202, 409).containsOnlyOnce(202);
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> Files.exists(directory.resolve("prod/new")));
    }

    @Test
    void whatIsOddIsReadOrRefused() {
        assertThat(OddRequests.paths())
                .filteredOn(path -> one.as(Role.ADMIN).get(path).status() >= 500)
                .isEmpty();
    }

    private List<Integer> atOnce(Function<ApiClient, ApiClient.Answer> request) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Callable<ApiClient.Answer>> requests = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            ApiClient client = (i % 2 == 0 ? one : other).as(Role.OPERATOR);
            requests.add(() -> request.apply(client));
        }
        List<Integer> answers = new ArrayList<>();
        for (Future<ApiClient.Answer> answer : threads.invokeAll(requests)) {
            answers.add(answer.get().status());
        }
        threads.shutdown();
        return answers;
    }
}

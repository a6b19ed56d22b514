package dev.replicator.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.replicator.config.Role;
import dev.replicator.server.ApiClient;
import dev.replicator.server.DescribedExchange;
import dev.replicator.server.TestServer;
import dev.replicator.server.access.AccessLimits;
import dev.replicator.server.access.Secrets;
import dev.replicator.testkit.SettableClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of requests that change something: the audit, keys used twice, too many of them. */
@Timeout(60)
class ChangesTest {
    private static final String RUNS = "/api/v1/jobs/media/runs";

    private final SettableClock clock = new SettableClock();

    @TempDir
    Path directory;

    private TestServer server;

    @BeforeEach
    void start() {
        server = TestServer.in(directory, UnaryOperator.identity(), clock, TestServer.LAX);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aChangeIsInTheAuditWithWhoWhatWhyAndHowItEnded() {
        ApiClient.Answer run = server.as(Role.OPERATOR)
                .with("Idempotency-Key", "my key")
                .post(RUNS, "{\"dryRun\":true,\"reason\":\"because\"}");

        JsonNode entry = newest();

        assertThat(entry.path("caller").asText()).isEqualTo("operator");
        assertThat(entry.path("role").asText()).isEqualTo("operator");
        assertThat(entry.path("address").asText()).isEqualTo("127.0.0.1");
        assertThat(entry.path("method").asText()).isEqualTo("POST");
        assertThat(entry.path("route").asText()).isEqualTo("/api/v1/jobs/{job}/runs");
        assertThat(entry.path("job").asText()).isEqualTo("media");
        assertThat(entry.path("run").asText()).isEqualTo(run.json().path("id").asText());
        assertThat(entry.path("keyHash").asText()).isEqualTo(Secrets.sha256("my key"));
        assertThat(entry.path("reason").asText()).isEqualTo("because");
        assertThat(entry.path("status").asInt()).isEqualTo(202);
        assertThat(entry.path("traceId").asText()).isEqualTo(run.header("X-Trace-Id"));
    }

    @Test
    void everyRouteThatChangesSomethingIsInTheAudit() {
        List<String> forgotten = new ArrayList<>();
        for (DescribedExchange.Described route : DescribedExchange.all()) {
            if (route.method().equals("GET") || route.isOpen()) {
                continue;
            }
            clock.advance(Duration.ofMillis(1));
            String path = route.path()
                    .replace("{job}", "media")
                    .replace("{run}", "nobodys")
                    .replace("{channel}", "nobodys");
            ApiClient.Answer answer = server.as(Role.ADMIN)
                    .with("If-Match", "\"a-digest\"")
                    .send(
                            route.method(),
                            path,
                            route.operation().has("requestBody")
                                    ? java.util.Optional.of("{}")
                                    : java.util.Optional.empty());
            boolean served = answer.status() != 405
                    && !answer.response().body().contains("\"There is no such thing\",\"instance");
            if (served && !newest().path("route").asText().equals(route.path())) {
                forgotten.add(route + " -> " + answer.status());
            }
        }

        assertThat(forgotten).isEmpty();
    }

    @Test
    void loggingInIsInTheAudit() {
        server.anybody().post("/api/v1/session", "{\"token\":\"" + TestServer.tokenOf(Role.VIEWER) + "\"}");

        assertThat(newest().path("caller").asText()).isEqualTo("viewer");
        assertThat(newest().path("route").asText()).isEqualTo("/api/v1/session");
        assertThat(newest().toString()).doesNotContain(TestServer.tokenOf(Role.VIEWER));
    }

    @Test
    void theAuditIsReadPageByPageNewestFirst() {
        for (int i = 0; i < 5; i++) {
            clock.advance(Duration.ofSeconds(1));
            server.as(Role.OPERATOR).post("/api/v1/runs/r" + i + "/cancel");
        }

        JsonNode first = server.as(Role.ADMIN).get("/api/v1/audit?pageSize=2").json();
        JsonNode second = server.as(Role.ADMIN)
                .get("/api/v1/audit?pageSize=3&pageToken="
                        + first.path("nextPageToken").asText())
                .json();

        assertThat(first.path("items").findValuesAsText("run")).containsExactly("r4", "r3");
        assertThat(second.path("items").findValuesAsText("run")).containsExactly("r2", "r1", "r0");
        assertThat(first.path("items").findValuesAsText("status")).containsOnly("404");
    }

    @Test
    void nothingIsDoneThatTheAuditCannotTakeDown() throws Exception {
        inDatabase("create trigger full_disk before insert on audit begin select raise(abort, 'disk full'); end");

        ApiClient.Answer refused = server.as(Role.OPERATOR).post(RUNS, "{}");

        assertThat(refused.code()).isEqualTo("audit-unavailable");
        assertThat(server.as(Role.VIEWER).get("/api/v1/runs").json().path("items"))
                .isEmpty();
    }

    @Test
    void aChangeIsAnsweredWhereOnlyItsEndCannotBeTakenDown() throws Exception {
        inDatabase("create trigger full_disk before update on audit begin select raise(abort, 'disk full'); end");

        ApiClient.Answer run = server.as(Role.OPERATOR).post(RUNS, "{\"dryRun\":true}");

        assertThat(run.status()).isEqualTo(202);
        assertThat(newest().path("status").isNull()).isTrue();
    }

    @Test
    void aKeyUsedAgainGetsTheFirstAnswerAndStartsNothing() {
        ApiClient client = server.as(Role.OPERATOR).with("Idempotency-Key", "once");
        ApiClient.Answer first = client.post(RUNS, "{\"dryRun\":true}");
        awaitEnd(first);

        ApiClient.Answer second = client.post(RUNS, "{\"dryRun\":true}");

        assertThat(first.status()).isEqualTo(202);
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.json().path("id")).isEqualTo(first.json().path("id"));
        assertThat(second.header("Location")).isEqualTo(first.header("Location"));
        assertThat(runs()).hasSize(1);
    }

    @Test
    void aKeyWithAnotherBodyIsRefusedAndAnotherCallersKeyIsAnother() {
        ApiClient client = server.as(Role.OPERATOR).with("Idempotency-Key", "once");
        awaitEnd(client.post(RUNS, "{\"dryRun\":true}"));

        assertThat(client.post(RUNS, "{\"dryRun\":false}").code()).isEqualTo("idempotency-key-reused");
        ApiClient.Answer others =
                server.as(Role.APPROVER).with("Idempotency-Key", "once").post(RUNS, "{\"dryRun\":true}");
        assertThat(others.status()).isEqualTo(202);
    }

    @Test
    void aKeyIsForgottenAfterADayAndOneWhoseRequestWasRefusedIsFree() {
        ApiClient client = server.as(Role.OPERATOR).with("Idempotency-Key", "daily");
        awaitEnd(client.post(RUNS, "{\"dryRun\":true}"));
        clock.advance(Duration.ofHours(24));
        awaitEnd(client.post(RUNS, "{\"dryRun\":true}"));

        ApiClient refused = server.as(Role.OPERATOR).with("Idempotency-Key", "refused");
        assertThat(refused.post("/api/v1/jobs/nobodys/runs", "{}").status()).isEqualTo(404);
        awaitEnd(refused.post(RUNS, "{\"dryRun\":true}"));
    }

    @Test
    void aKeySurvivesARestart() {
        ApiClient.Answer first =
                server.as(Role.OPERATOR).with("Idempotency-Key", "kept").post(RUNS, "{\"dryRun\":true}");
        awaitEnd(first);
        server.close();
        server = TestServer.in(directory, UnaryOperator.identity(), clock, TestServer.LAX);

        ApiClient.Answer second =
                server.as(Role.OPERATOR).with("Idempotency-Key", "kept").post(RUNS, "{\"dryRun\":true}");

        assertThat(second.json().path("id")).isEqualTo(first.json().path("id"));
    }

    @Test
    void aKeyIsOneToTwoHundredAndFiftyFiveCharacters() {
        ApiClient client = server.as(Role.OPERATOR);

        assertThat(client.with("Idempotency-Key", "k".repeat(256))
                        .post(RUNS, "{}")
                        .code())
                .isEqualTo("bad-request");
        assertThat(client.with("Idempotency-Key", "k".repeat(255))
                        .post(RUNS, "{\"dryRun\":true}")
                        .status())
                .isEqualTo(202);
    }

    @Test
    void ofManyRequestsWithOneKeyAtTwoReplicasOneStartsARun() throws Exception {
        for (int i = 0; i < 50; i++) {
            Files.writeString(directory.resolve("dev/" + i), "of " + i);
        }
        ExecutorService threads = Executors.newFixedThreadPool(8);
        Set<String> runs = new HashSet<>();
        List<Integer> statuses = new ArrayList<>();
        try (TestServer other = TestServer.in(directory, UnaryOperator.identity(), clock, TestServer.LAX)) {
            List<Callable<ApiClient.Answer>> requests = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                TestServer one = i % 2 == 0 ? server : other;
                requests.add(() ->
                        one.as(Role.OPERATOR).with("Idempotency-Key", "raced").post(RUNS, "{\"dryRun\":true}"));
            }
            for (Future<ApiClient.Answer> future : threads.invokeAll(requests)) {
                ApiClient.Answer answer = future.get();
                statuses.add(answer.status());
                if (answer.status() < 300) {
                    runs.add(answer.json().path("id").asText());
                } else {
                    assertThat(answer.code()).isEqualTo("idempotency-key-in-use");
                }
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(runs).hasSize(1);
        assertThat(statuses.stream().filter(status -> status == 202)).hasSize(1);
        assertThat(runs()).hasSize(1);
    }

    @Test
    void tooManyChangesOfOneTokenAreRefusedAndItsReadsAndOthersAreNot() {
        server.close();
        server = TestServer.in(directory, UnaryOperator.identity(), clock, new AccessLimits(3, 1, 10, 10));
        ApiClient operator = server.as(Role.OPERATOR);
        for (int i = 0; i < 3; i++) {
            assertThat(operator.post("/api/v1/runs/x/cancel").status()).isEqualTo(404);
        }

        ApiClient.Answer refused = operator.post("/api/v1/runs/x/cancel");

        assertThat(refused.code()).isEqualTo("too-many-requests");
        assertThat(refused.header("Retry-After")).isEqualTo("1");
        assertThat(operator.get("/api/v1/me").status()).isEqualTo(200);
        assertThat(server.as(Role.ADMIN).post("/api/v1/runs/x/cancel").status()).isEqualTo(404);
        clock.advance(Duration.ofSeconds(1));
        assertThat(operator.post("/api/v1/runs/x/cancel").status()).isEqualTo(404);
    }

    private JsonNode runs() {
        return server.as(Role.VIEWER).get("/api/v1/runs").json().path("items");
    }

    private JsonNode newest() {
        return server.as(Role.ADMIN)
                .get("/api/v1/audit?pageSize=1")
                .json()
                .path("items")
                .path(0);
    }

    private void awaitEnd(ApiClient.Answer run) {
        assertThat(run.status()).isEqualTo(202);
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> !server.as(Role.VIEWER)
                        .get("/api/v1/runs/" + run.json().path("id").asText())
                        .json()
                        .path("endedAt")
                        .isNull());
    }

    private void inDatabase(String sql) throws Exception {
        try (Connection connection =
                        DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("state/server.db"));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}

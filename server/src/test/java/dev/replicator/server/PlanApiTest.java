package dev.replicator.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.replicator.Replicator;
import dev.replicator.RunOptions;
import dev.replicator.config.ConfigLoader;
import dev.replicator.config.JobConfig;
import dev.replicator.hook.LeasedRuns;
import dev.replicator.server.history.Database;
import dev.replicator.server.history.Retention;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Plans over HTTP: read, decided about, applied. */
@Timeout(60)
class PlanApiTest {
    private static final String MIRROR = ", delete: { mode: mirror, max-percent: 100 }";

    @TempDir
    Path directory;

    private ServerFixture server;

    @BeforeEach
    void start() throws IOException {
        server = ServerFixture.start(directory, MIRROR);
        server.source("keep", "of keep");
        server.source("new", "of new");
        Files.writeString(server.file("prod/extra"), "of extra");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String planned() throws Exception {
        JsonNode run = server.run("{\"action\":\"plan\"}");
        assertThat(run.path("plan").path("changes").asBoolean()).isTrue();
        return "/api/v1/plans/" + run.path("id").asText();
    }

    private String tagOf(String plan) throws Exception {
        return server.get(plan).headers().firstValue("ETag").orElseThrow();
    }

    @Test
    void anApprovedPlanIsCarriedOutExactlyAsItWasWritten() throws Exception {
        String plan = planned();
        String tag = tagOf(plan);
        server.source("later", "not in the plan");

        assertThat(server.post(plan + "/apply", "{}", "If-Match", tag).statusCode())
                .isEqualTo(409);
        HttpResponse<String> approved = server.post(plan + "/approve", "{\"comment\":\"fine\"}", "If-Match", tag);
        JsonNode run = server.ended(server.post(plan + "/apply", "{}", "If-Match", tag));

        assertThat(ServerFixture.json(approved).path("state").asText()).isEqualTo("APPROVED");
        assertThat(ServerFixture.json(approved).path("decidedBy").asText()).isNotEmpty();
        assertThat(run.path("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(run.path("action").asText()).isEqualTo("apply");
        assertThat(directory.resolve("prod/new")).hasContent("of new");
        assertThat(directory.resolve("prod/extra")).doesNotExist();
        assertThat(directory.resolve("prod/later")).doesNotExist();
        JsonNode now = server.json(plan);
        assertThat(now.path("state").asText()).isEqualTo("APPLIED");
        assertThat(now.path("appliedRun").asText()).isEqualTo(run.path("id").asText());
        assertThat(server.post(plan + "/apply", "{}", "If-Match", tag).statusCode())
                .isEqualTo(409);
    }

    @Test
    void aPlanWhoseRunFailedBeforeItDidAnythingCanBeAppliedAgain() throws Exception {
        String plan = planned();
        String tag = tagOf(plan);
        server.post(plan + "/approve", "{}", "If-Match", tag);
        server.close();
        server = ServerFixture.start(directory, MIRROR + ", filter: { exclude: [ \"x/**\" ] }");

        JsonNode failed = server.ended(server.post(plan + "/apply", "{}", "If-Match", tag));
        JsonNode then = server.json(plan);
        server.close();
        server = ServerFixture.start(directory, MIRROR);
        JsonNode again = server.ended(server.post(plan + "/apply", "{}", "If-Match", tag));

        assertThat(failed.path("state").asText()).isEqualTo("FAILED");
        assertThat(then.path("state").asText()).isEqualTo("APPROVED");
        assertThat(then.path("appliedRun").isNull()).isTrue();
        assertThat(then.path("decidedBy").asText()).isNotEmpty();
        assertThat(again.path("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(directory.resolve("prod/new")).hasContent("of new");
        assertThat(server.json(plan).path("state").asText()).isEqualTo("APPLIED");
    }

    @Test
    void aPlanWhoseRunWasCancelledWhileItWaitedForTheLeaseCanBeAppliedAgain() throws Exception {
        String plan = planned();
        String tag = tagOf(plan);
        server.post(plan + "/approve", "{}", "If-Match", tag);
        JsonNode cancelled;
        try (Holder holder = Holder.of(directory)) {
            HttpResponse<String> accepted = server.post(plan + "/apply", "{}", "If-Match", tag);
            String run = accepted.headers().firstValue("Location").orElseThrow();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> server.json(run).path("state").asText().equals("RUNNING"));
            assertThat(server.json(plan).path("state").asText()).isEqualTo("APPLIED");
            server.post(run + "/cancel", "");
            cancelled = server.ended(accepted);
        }

        assertThat(cancelled.path("state").asText()).isEqualTo("CANCELLED");
        assertThat(server.json(plan).path("state").asText()).isEqualTo("APPROVED");
        JsonNode again = server.ended(server.post(plan + "/apply", "{}", "If-Match", tag));
        assertThat(again.path("state").asText()).isEqualTo("SUCCEEDED");
    }

    /** Somebody elsewhere who has the job's lease, and does nothing with it. */
    private record Holder(CountDownLatch goOn, Thread thread) implements AutoCloseable {
        static Holder of(Path directory) throws InterruptedException {
            JobConfig job = new ConfigLoader(directory, Map.of())
                    .load(Optional.empty())
                    .jobs()
                    .get("media");
            LeasedRuns leased = new LeasedRuns(Replicator.create(), Clock.systemUTC(), "elsewhere");
            CountDownLatch has = new CountDownLatch(1);
            CountDownLatch goOn = new CountDownLatch(1);
            Thread thread = new Thread(() -> {
                try {
                    leased.run(job.job(), job.hook(), RunOptions.defaults(), (same, options) -> {
                        has.countDown();
                        awaited(goOn);
                        throw new IllegalStateException("it does nothing");
                    });
                } catch (InterruptedException | IllegalStateException e) {
                    Thread.currentThread().interrupt();
                }
            });
            thread.start();
            awaited(has);
            return new Holder(goOn, thread);
        }

        private static void awaited(CountDownLatch latch) {
            try {
                assertThat(latch.await(40, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() throws InterruptedException {
            goOn.countDown();
            thread.join();
        }
    }

    @Test
    void whatChangedSinceThePlanIsLeftAlone() throws Exception {
        String plan = planned();
        Files.writeString(directory.resolve("prod/new"), "by hand");
        server.post(plan + "/approve", "{}", "If-Match", tagOf(plan));

        JsonNode run = server.ended(server.post(plan + "/apply", "{}", "If-Match", tagOf(plan)));

        assertThat(run.path("state").asText()).isEqualTo("PARTIAL");
        assertThat(directory.resolve("prod/new")).hasContent("by hand");
    }

    @Test
    void whoDecidesNamesThePlanThatHeSaw() throws Exception {
        String plan = planned();

        assertThat(server.post(plan + "/approve", "{}").statusCode()).isEqualTo(428);
        assertThat(server.post(plan + "/approve", "{}", "If-Match", "\"other\"").statusCode())
                .isEqualTo(412);
        assertThat(server.post(plan + "/approve", "{}", "If-Match", "*").statusCode())
                .isEqualTo(412);
        assertThat(server.json(plan).path("state").asText()).isEqualTo("OPEN");
        assertThat(server.get("/api/v1/plans/nothing").statusCode()).isEqualTo(404);
    }

    @Test
    void aRejectionSaysWhyAndIsTheLastWord() throws Exception {
        String plan = planned();
        String tag = tagOf(plan);

        assertThat(server.post(plan + "/reject", "{}", "If-Match", tag).statusCode())
                .isEqualTo(422);
        assertThat(server.post(plan + "/reject", "{\"comment\":\"not today\"}", "If-Match", tag)
                        .statusCode())
                .isEqualTo(200);
        assertThat(server.post(plan + "/approve", "{}", "If-Match", tag).statusCode())
                .isEqualTo(409);
        assertThat(server.post(plan + "/apply", "{}", "If-Match", tag).statusCode())
                .isEqualTo(409);
        assertThat(server.json(plan).path("comment").asText()).isEqualTo("not today");
        assertThat(directory.resolve("prod/new")).doesNotExist();
    }

    @Test
    void actionsOfAPlanArePagedAndADryRunLeavesAPlanToo() throws Exception {
        String id = server.run("{\"dryRun\":true}").path("id").asText();
        JsonNode page = server.json("/api/v1/plans/" + id + "/actions?pageSize=2");

        assertThat(page.path("items")).hasSize(2);
        assertThat(page.path("items").path(0).path("outcome").asText()).isEqualTo("PLANNED");
        JsonNode rest = server.json("/api/v1/plans/" + id + "/actions?pageSize=2&pageToken="
                + page.path("nextPageToken").asText());
        assertThat(rest.path("items")).hasSize(1);
        assertThat(rest.path("nextPageToken").isNull()).isTrue();
        assertThat(server.json("/api/v1/runs/" + id + "/objects").path("items").findValuesAsText("action"))
                .containsExactlyInAnyOrder("COPY", "COPY", "DELETE");
    }

    @Test
    void aPlanOfAPartIsAppliedToThatPart() throws Exception {
        server.source("part/1", "one");
        String plan = "/api/v1/plans/"
                + server.run("{\"action\":\"plan\",\"overrides\":{\"paths\":[\"part/\"]}}")
                        .path("id")
                        .asText();
        server.post(plan + "/approve", "{}", "If-Match", tagOf(plan));

        JsonNode run = server.ended(server.post(plan + "/apply", "{}", "If-Match", tagOf(plan)));

        assertThat(run.path("totals").path("copied").asLong()).isEqualTo(1);
        assertThat(directory.resolve("prod/part/1")).hasContent("one");
        assertThat(directory.resolve("prod/new")).doesNotExist();
    }

    @Test
    void aPlanThatWasForgottenIsGone() throws Exception {
        String plan = planned();
        try (Database database = Database.inFile(directory.resolve("state/server.db"))) {
            new Retention(database, Duration.ofDays(1), 0, Clock.systemUTC()).sweep();
        }

        assertThat(server.get(plan).statusCode()).isEqualTo(410);
        assertThat(server.post(plan + "/approve", "{}", "If-Match", "\"any\"").statusCode())
                .isEqualTo(410);
    }

    @Test
    void aPlanWithNothingToDoAsksNobody() throws Exception {
        server.run("{}");

        assertThat(server.run("{\"action\":\"plan\"}")
                        .path("plan")
                        .path("changes")
                        .asBoolean(true))
                .isFalse();
    }
}

package dev.replicator.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.replicator.report.Remedies;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Jobs, runs and their objects over HTTP. */
@Timeout(60)
class RunApiTest {
    private static final String JOB = ", paths: [ { from: a/, to: a/ }, { from: b/, to: c/ } ]";

    @TempDir
    Path directory;

    private ServerFixture server;

    @BeforeEach
    void start() throws IOException {
        server = ServerFixture.start(directory, JOB);
        server.source("a/1", "one");
        server.source("a/x/2", "two");
        server.source("b/3", "three");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void whatWasSkippedHasATitleAndWhatToDo() throws Exception {
        Files.writeString(server.file("prod/a/x"), "a file where a folder is needed");

        JsonNode run = server.run("{}");
        JsonNode trouble = server.json(
                        "/api/v1/" + run.path("links").path("failures").asText())
                .path("items")
                .path(0);

        assertThat(run.path("state").asText()).isEqualTo("PARTIAL");
        assertThat(run.path("report")
                        .path("skips")
                        .path(0)
                        .path("examples")
                        .path(0)
                        .asText())
                .isEqualTo("a/x/2");
        assertThat(trouble.path("title").asText()).isEqualTo(Remedies.title("SKIPPED", "UNSAFE_KEY"));
        assertThat(trouble.path("remedy").asText()).isEqualTo(Remedies.of("SKIPPED", "UNSAFE_KEY"));
        assertThat(trouble.path("examples").path(0).path("title").asText()).isEqualTo("No place for this key");
    }

    @Test
    void findingsComeWithWhatTheirKindsMean() throws Exception {
        server.run("{\"action\":\"validate\"}");

        JsonNode meanings = server.json("/api/v1/jobs/media/validation").path("meanings");

        assertThat(meanings.path("missing").path("title").asText()).isEqualTo("Missing");
        assertThat(meanings.path("missing").path("remedy").asText()).contains("A sync copies it");
        assertThat(meanings).hasSize(5);
    }

    @Test
    void aRunThatIsNarrowedLeavesTheRestAlone() throws Exception {
        JsonNode run =
                server.run("{\"overrides\":{\"paths\":[\"a/x\"],\"delete\":\"never\",\"compare\":\"checksum\"}}");

        assertThat(run.path("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(run.path("totals").path("copied").asLong()).isEqualTo(1);
        assertThat(run.path("overrides").path("paths").path(0).asText()).isEqualTo("a/x");
        assertThat(directory.resolve("prod/a/x/2")).exists();
        assertThat(directory.resolve("prod/a/1")).doesNotExist();
        assertThat(server.run("{}").path("totals").path("copied").asLong()).isEqualTo(2);
    }

    @Test
    void overridesThatAreNoneOfTheJobAreRefusedByTheirPlace() throws Exception {
        refused(422, "{\"overrides\":{\"paths\":[\"a/\",\"secret/\"]}}", "/overrides/paths/1");
        refused(422, "{\"overrides\":{\"paths\":[\"../etc\"]}}", "/overrides/paths/0");
        refused(422, "{\"overrides\":{\"paths\":[\"a/../../etc\"]}}", "/overrides/paths");
        refused(400, "{\"overrides\":{\"paths\":[]}}", "/overrides/paths");
        refused(400, "{\"overrides\":{\"paths\":[1]}}", "/overrides/paths/0");
        refused(400, "{\"overrides\":{\"delete\":\"mirror\"}}", "/overrides/delete");
        refused(400, "{\"overrides\":{\"compare\":\"guess\"}}", "/overrides/compare");
        refused(400, "{\"overrides\":{\"destination\":\"s3://other\"}}", "/overrides/destination");
        refused(400, "{\"action\":\"apply\"}", "/action");
        assertThat(directory.resolve("prod")).isEmptyDirectory();
    }

    private void refused(int status, String body, String pointer) throws Exception {
        HttpResponse<String> answer = server.post("/api/v1/jobs/media/runs", body);
        assertThat(answer.statusCode()).as(body).isEqualTo(status);
        assertThat(ServerFixture.json(answer)
                        .path("errors")
                        .path(0)
                        .path("pointer")
                        .asText())
                .as(body)
                .isEqualTo(pointer);
    }

    @Test
    void runsAreListedByWhatIsAskedForWithoutTheirReports() throws Exception {
        String sync = server.run("{}").path("id").asText();
        String validation = server.run("{\"action\":\"validate\"}").path("id").asText();

        assertThat(ids(server.json("/api/v1/runs?action=validate"))).containsExactly(validation);
        assertThat(ids(server.json("/api/v1/runs?state=SUCCEEDED&job=media"))).containsExactly(validation, sync);
        assertThat(ids(server.json("/api/v1/runs?since=2999-01-01T00:00:00Z"))).isEmpty();
        JsonNode first = server.json("/api/v1/runs?pageSize=1");
        assertThat(ids(first)).containsExactly(validation);
        assertThat(ids(server.json("/api/v1/runs?pageSize=1&pageToken="
                        + first.path("nextPageToken").asText())))
                .containsExactly(sync);
        assertThat(first.path("items").path(0).has("report")).isFalse();
        assertThat(first.path("items").path(0).path("totals").path("unchanged").asLong())
                .isEqualTo(3);
        assertThat(server.get("/api/v1/runs?state=GREAT").statusCode()).isEqualTo(400);
        assertThat(server.get("/api/v1/runs?since=yesterday").statusCode()).isEqualTo(400);
        assertThat(server.get("/api/v1/runs?pageSize=1001").statusCode()).isEqualTo(400);
    }

    private static List<String> ids(JsonNode page) {
        List<String> ids = new ArrayList<>();
        page.path("items").forEach(item -> ids.add(item.path("id").asText()));
        return ids;
    }

    @Test
    void objectsComeAsPagesLinesOrASpreadsheetThatCarriesNothingOut() throws Exception {
        server.source("a/=cmd()", "four");
        server.source("a/\"quoted\"", "five");
        String objects = "/api/v1/runs/" + server.run("{}").path("id").asText() + "/objects";

        HttpResponse<String> lines = server.get(objects, "Accept", "application/x-ndjson");
        HttpResponse<String> sheet = server.get(objects + "?prefix=a/", "Accept", "text/csv, */*;q=0.1");

        assertThat(lines.body().lines())
                .hasSize(5)
                .allSatisfy(line -> assertThat(ServerFixture.JSON
                                .readTree(line)
                                .path("outcome")
                                .asText())
                        .isEqualTo("DONE"));
        assertThat(lines.body()).contains("\"c/3\"");
        assertThat(sheet.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/csv");
        assertThat(sheet.body().lines()).hasSize(5);
        assertThat(sheet.body()).startsWith("object,action,outcome,").contains("\"a/\"\"quoted\"\"\"");
        assertThat(server.get(objects, "Accept", "image/png").statusCode()).isEqualTo(406);
        assertThat(server.get(objects, "Accept", "text/csv;q=0").statusCode()).isEqualTo(406);
        assertThat(server.json(objects + "?outcome=FAILED").path("items")).isEmpty();
        assertThat(server.get(objects + "?outcome=LOST").statusCode()).isEqualTo(400);
        assertThat(server.get(objects + "?pageToken=garbage").statusCode()).isEqualTo(400);
    }

    @Test
    void whatFailedIsGroupedByItsCauseWithARemedy() throws Exception {
        Files.createDirectories(directory.resolve("prod/a"));
        Files.createDirectories(directory.resolve("prod/a/1/in the way"));
        JsonNode run = server.run("{}");

        JsonNode failures = server.json("/api/v1/runs/" + run.path("id").asText() + "/failures")
                .path("items");

        assertThat(run.path("state").asText()).isEqualTo("PARTIAL");
        assertThat(failures).hasSize(1);
        assertThat(failures.path(0).path("count").asLong()).isEqualTo(1);
        assertThat(failures.path(0).path("remedy").asText()).isNotEmpty();
        assertThat(failures.path(0).path("examples").path(0).path("object").asText())
                .isEqualTo("a/1");
    }

    @Test
    void whatTheClientHasIsNotSentAgain() throws Exception {
        String run = "/api/v1/runs/" + server.run("{}").path("id").asText();
        String tag = server.get(run).headers().firstValue("ETag").orElseThrow();

        assertThat(server.get(run, "If-None-Match", tag).statusCode()).isEqualTo(304);
        assertThat(server.get(run, "If-None-Match", "W/\"other\"").statusCode()).isEqualTo(200);
    }

    @Test
    void theStatusIsWhatTheCommandPrints() throws Exception {
        server.run("{}");

        JsonNode status = server.json("/api/v1/jobs/media/status");

        assertThat(status.path("configured").asBoolean()).isTrue();
        assertThat(status.path("lastRuns")).hasSize(1);
        assertThat(server.get("/api/v1/jobs/other/status").statusCode()).isEqualTo(404);
    }

    @Test
    void whatAValidationFoundIsATree() throws Exception {
        assertThat(server.get("/api/v1/jobs/media/validation").statusCode()).isEqualTo(404);
        assertThat(server.run("{\"action\":\"validate\"}").path("state").asText())
                .isEqualTo("FINDINGS");

        JsonNode root = server.json("/api/v1/jobs/media/validation");
        JsonNode below = server.json("/api/v1/jobs/media/validation?prefix=a/&kind=missing&delimiter=/");

        assertThat(root.path("items").findValuesAsText("prefix")).containsExactly("a/", "c/");
        assertThat(root.path("items").path(0).path("count").asLong()).isEqualTo(2);
        assertThat(root.path("items").path(0).path("kinds").path("missing").asLong())
                .isEqualTo(2);
        assertThat(root.path("ageSeconds").asLong()).isBetween(0L, 60L);
        assertThat(below.path("items").path(0).path("object").asText()).isEqualTo("a/1");
        assertThat(below.path("items").path(1).path("prefix").asText()).isEqualTo("a/x/");
        assertThat(server.json("/api/v1/jobs/media/validation?kind=extra").path("items"))
                .isEmpty();
        assertThat(server.get("/api/v1/jobs/media/validation?kind=edited").statusCode())
                .isEqualTo(400);
        assertThat(server.get("/api/v1/jobs/media/validation?delimiter=x").statusCode())
                .isEqualTo(400);
    }

    @Test
    void driftIsWhatOthersDidSinceTheLastSync() throws Exception {
        assertThat(server.run("{\"action\":\"drift\"}").path("message").asText())
                .contains("run a sync first");
        server.run("{}");
        assertThat(server.run("{\"action\":\"drift\"}").path("state").asText()).isEqualTo("SUCCEEDED");
        Files.writeString(directory.resolve("prod/a/1"), "by hand");
        Files.delete(directory.resolve("prod/c/3"));

        assertThat(server.run("{\"action\":\"drift\"}").path("state").asText()).isEqualTo("FINDINGS");
        JsonNode drift = server.json("/api/v1/jobs/media/drift?prefix=a/");

        assertThat(drift.path("items")).hasSize(1);
        assertThat(drift.path("items").path(0).path("kind").asText()).isEqualTo("edited");
        assertThat(server.json("/api/v1/jobs/media/drift?kind=deleted")
                        .path("items")
                        .findValuesAsText("prefix"))
                .containsExactly("c/");
    }

    @Test
    void aNarrowedRunUnderAnotherComparisonLeavesNoDriftBehind() throws Exception {
        server.run("{}");
        server.source("a/x/2", "two, longer");

        server.run("{\"overrides\":{\"paths\":[\"a/x\"],\"compare\":\"size-only\"}}");

        assertThat(server.run("{\"action\":\"drift\"}").path("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(server.run("{}").path("state").asText()).isEqualTo("NOTHING_TO_DO");
    }
}

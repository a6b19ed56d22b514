package dev.replicator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code --server}: a running server does the work, in the words and with the exit codes of a run that is done here. */
@Timeout(60)
class ServerOptionTest {
    private static final String ONE_JOB = """
        stores: { dev: { uri: ./dev }, prod: { uri: ./prod } }
        jobs: { media: { source: dev, destination: prod } }
        """;
    private static final String SLOW_JOB =
            ONE_JOB.replace("destination: prod", "destination: prod, transfer: { requests-per-second: 2 }");

    @TempDir
    Path directory;

    private Path dev;
    private Path prod;

    @BeforeEach
    void twoObjects() throws IOException {
        dev = directory.resolve("dev");
        prod = Files.createDirectories(directory.resolve("prod"));
        Directories.put(dev, "a.txt", "a");
        Directories.put(dev, "img/b.png", "bb");
    }

    @Test
    void aRunIsToldAsIfItHadBeenDoneHere() {
        try (ServedJobs server = ServedJobs.start(directory, ONE_JOB)) {
            Invocation.Ended dry = server.run("sync", "--dry-run").expect(0);
            assertThat(Directories.content(prod)).isEmpty();
            Invocation.Ended done = server.run("sync", "media").expect(0);
            Invocation.Ended again = server.run("sync").expect(0);

            assertThat(dry.out()).contains("Dry run:     YES").contains("Would sync: 2");
            assertThat(Directories.content(prod)).isEqualTo(Directories.content(dev));
            assertThat(done.out())
                    .contains("✓ Synced: a.txt")
                    .contains("✓ Synced: img/b.png")
                    .contains("Synced:     2")
                    .contains("Outcome:    SUCCEEDED");
            assertThat(again.out()).contains("2 already up-to-date").contains("Outcome:    NOTHING_TO_DO");
        }
    }

    @Test
    void whatIsLeftMakesTheSameExitCode() {
        Directories.put(prod, "img", "a file where a folder is needed");
        try (ServedJobs server = ServedJobs.start(directory, ONE_JOB)) {
            Invocation.Ended ended = server.run("sync").expect(4);

            assertThat(ended.out()).contains("Outcome:    PARTIAL").contains("img/b.png");
        }
    }

    @Test
    void whatWasSkippedIsShownWithWhatToDoHereAndThere() {
        Directories.put(prod, "img", "a file where a folder is needed");
        try (ServedJobs server = ServedJobs.start(directory, ONE_JOB)) {
            server.run("sync").expect(4);
            JsonNode newest = server.run("history", "-o", "ndjson").lines().get(0);

            Invocation.Ended there =
                    server.run("show", newest.path("id").asText()).expect(0);
            Invocation.Ended here = Invocation.in(directory)
                    .run("show", newest.path("engineRunId").asText())
                    .expect(0);

            assertThat(List.of(there, here))
                    .allSatisfy(shown -> assertThat(shown.out())
                            .contains("- UNSAFE_KEY: 1 object skipped\n  Either the destination can't hold this name")
                            .contains("    img/b.png\n"));
        }
    }

    @Test
    void aPlanIsToldAsOneThatIsMadeHere() throws IOException {
        Directories.put(dev, "a.txt", "a longer one");
        Directories.put(prod, "a.txt", "a");
        try (ServedJobs server = ServedJobs.start(directory, ONE_JOB)) {
            List<String> there = summary(server.run("plan").expect(0));
            List<String> here = summary(Invocation.in(directory).run("plan").expect(0));

            assertThat(there).isEqualTo(here).anyMatch(line -> line.startsWith("Estimate: "));
            assertThat(there).anyMatch(line -> line.startsWith("  ~ overwrite"));
        }
    }

    /** A plan's lines from its first action to its estimate. */
    private static List<String> summary(Invocation.Ended plan) {
        return plan.out()
                .lines()
                .dropWhile(line -> !line.startsWith("  "))
                .takeWhile(line -> !line.startsWith("To let"))
                .filter(line -> !line.isBlank())
                .toList();
    }

    @Test
    void aValidationFindsWhatDiffers() {
        try (ServedJobs server = ServedJobs.start(directory, ONE_JOB)) {
            assertThat(server.run("validate").expect(3).out())
                    .contains("✗ Not valid")
                    .contains("Missing     2");

            server.run("sync").expect(0);

            assertThat(server.run("validate").expect(0).out())
                    .contains("✓ Valid")
                    .contains("Matched     2");
            assertThat(server.run("plan", "--detailed-exitcode").expect(0).out())
                    .contains("Plan: 0 to copy");
            Directories.put(dev, "new.txt", "n");
            server.run("plan").expect(0);
            server.run("plan", "--detailed-exitcode").expect(3);
        }
    }

    @Test
    void scriptsGetTheContractsDocumentAndEvents() {
        try (ServedJobs server = ServedJobs.start(directory, ONE_JOB)) {
            JsonNode report = server.run("sync", "-o", "json").expect(0).json();
            Directories.put(dev, "new.txt", "n");
            List<JsonNode> planned =
                    server.run("plan", "-o", "ndjson").expect(0).lines();
            List<JsonNode> found =
                    server.run("validate", "-o", "ndjson").expect(3).lines();
            List<JsonNode> events = server.run("sync", "-o", "ndjson").expect(0).lines();

            assertThat(report.path("outcome").asText()).isEqualTo("SUCCEEDED");
            assertThat(report.path("copied").asLong()).isEqualTo(2);
            assertThat(report.path("failures").isArray()).isTrue();
            assertThat(events)
                    .extracting(event -> event.path("type").asText())
                    .containsExactly("run.started", "object", "gate", "run.finished", "exit");
            assertThat(events.get(0).path("source").asText())
                    .isEqualTo(report.path("source").asText());
            assertThat(events.get(0).path("dryRun").asBoolean(true)).isFalse();
            assertThat(events.get(1).path("key").asText()).isEqualTo("new.txt");
            assertThat(events.get(2).path("verdict").asText()).isEqualTo("NOT_ASKED");
            assertThat(events.get(4).path("code").asInt(-1)).isZero();
            assertThat(events)
                    .allSatisfy(event -> assertThat(event.path("run").asText())
                            .isEqualTo(events.get(3).path("runId").asText()));
            assertThat(planned)
                    .extracting(event -> event.path("type").asText())
                    .containsExactly("run.started", "action", "gate", "run.finished", "exit");
            assertThat(planned.get(0).path("dryRun").asBoolean()).isTrue();
            assertThat(found)
                    .extracting(event -> event.path("type").asText())
                    .containsExactly("finding", "validation.finished", "exit");
            assertThat(found.get(0).path("kind").asText()).isEqualTo("missing");
            assertThat(found.get(0).path("key").asText()).isEqualTo("new.txt");
        }
    }

    @Test
    void historyAndShowKnowWhatTheServerKnows() {
        try (ServedJobs server = ServedJobs.start(directory, ONE_JOB)) {
            assertThat(server.run("history").expect(0).out()).startsWith("No run yet");
            server.run("validate").expect(3);
            server.run("sync").expect(0);

            Invocation.Ended table = server.run("history", "media").expect(0);
            JsonNode newest = server.run("history", "--limit", "1", "-o", "json")
                    .expect(0)
                    .json()
                    .path("items");
            Invocation.Ended shown =
                    server.run("show", newest.get(0).path("id").asText()).expect(0);

            assertThat(table.out().lines()).hasSize(3);
            assertThat(table.out().lines().skip(1).findFirst().orElseThrow())
                    .startsWith("✓ ")
                    .contains("media  sync")
                    .containsPattern("succeeded +2 +0 +0 +\\d")
                    .contains("api local");
            assertThat(newest).hasSize(1);
            assertThat(shown.out())
                    .contains("Job:         media")
                    .contains("Outcome:     ✓ SUCCEEDED")
                    .contains("2 new");
            server.run("history", "nobody").expect(2);
            assertThat(server.run("show", "20200101T000000000Z-0").expect(2).err())
                    .contains("says:");
        }
    }

    @Test
    void oneRunAtATimeAndItCanBeCancelled() throws Exception {
        for (int i = 0; i < 200; i++) {
            Directories.put(dev, "many/" + i, "x");
        }
        try (ServedJobs server = ServedJobs.start(directory, SLOW_JOB)) {
            CompletableFuture<Invocation.Ended> first = CompletableFuture.supplyAsync(() -> server.run("sync"));
            String run = runUnderWay(server);

            Invocation.Ended second = server.run("sync").expect(7);
            Invocation.Ended cancelled = server.run("cancel", run).expect(0);

            assertThat(second.err()).contains(run).contains("replicator show " + run);
            assertThat(cancelled.out()).contains("Run " + run + " of job media stops");
            Invocation.Ended ended = first.get(30, TimeUnit.SECONDS);
            assertThat(ended.code()).as(ended.out() + ended.err()).isEqualTo(130);
            assertThat(server.run("show", run).expect(0).out())
                    .contains("! CANCELLED")
                    .contains("To do:       What is done stays done");
            assertThat(server.run("cancel", run).expect(7).err()).contains("says:");
        }
    }

    @Test
    void aSignalLeavesTheRunToTheServer() {
        try (ServedJobs server = ServedJobs.start(directory, ONE_JOB)) {
            Invocation.Ended left = Invocation.in(directory)
                    .terminated()
                    .run("sync", "--server", server.url())
                    .expect(143);

            assertThat(left.err())
                    .contains("goes on at")
                    .contains("replicator cancel ")
                    .contains("replicator show ");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(Directories.content(prod)).hasSize(2));
        }
    }

    private static String runUnderWay(ServedJobs server) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(
                        () -> server.run("history", "-o", "ndjson").lines().stream()
                                .filter(run -> run.path("state").asText().equals("RUNNING"))
                                .map(run -> run.path("id").asText())
                                .findFirst()
                                .orElse(""),
                        id -> !id.isEmpty());
    }

    @Test
    void tokensComeFromAFileOrTheEnvironmentOrThisUsersOwn() throws IOException {
        try (ServedJobs server = ServedJobs.start(directory, ONE_JOB)) {
            Path own = ServedJobs.state(directory).resolve("server-token");
            String token = Files.readString(own).strip();
            Files.move(own, directory.resolve("given"));
            Files.writeString(directory.resolve("wrong"), "x".repeat(43));
            Files.writeString(directory.resolve("two-lines"), token + "\n" + token);

            server.run("history", "--token-file", "given").expect(0);
            Invocation.Ended none = server.run("history").expect(6);
            Invocation.Ended wrong =
                    server.run("history", "--token-file", "wrong").expect(6);
            Invocation.Ended torn =
                    server.run("history", "--token-file", "two-lines").expect(2);
            Invocation.in(directory)
                    .with("REPLICATOR_TOKEN", token)
                    .run("history", "--server", server.url())
                    .expect(0);

            assertThat(none.err()).contains("--token-file FILE, or REPLICATOR_TOKEN");
            assertThat(wrong.err()).contains("not one of its tokens");
            assertThat(torn.err()).contains("holds no token").doesNotContain(token);
            server.run("history", "--token-file", "missing").expect(2);
        }
    }

    @Test
    void whoElseListensHereIsNotGivenTheToken() throws IOException {
        try (ServedJobs server = ServedJobs.start(directory, ONE_JOB)) {
            server.run("history").expect(0);
            List<String> heard = new CopyOnWriteArrayList<>();
            HttpServer other = answering(200, "{\"items\":[]}", "", heard);
            try {
                Invocation.in(directory)
                        .run(
                                "history",
                                "--server",
                                "http://127.0.0.1:" + other.getAddress().getPort())
                        .expect(0);

                assertThat(heard).containsExactly("/api/v1/runs?pageSize=20 null");
            } finally {
                other.stop(0);
            }
        }
    }

    @Test
    void aRoleThatMayNotIsAPermissionThatLacks() throws IOException {
        Invocation.Ended made = Invocation.in(directory)
                .run("config", "token", "eve", "--role", "viewer")
                .expect(0);
        String line = made.err()
                .lines()
                .filter(text -> text.contains("sha256"))
                .findFirst()
                .orElseThrow();
        Files.writeString(directory.resolve("token"), made.out());
        try (ServedJobs server = ServedJobs.start(directory, ONE_JOB + "server:\n  tokens:\n" + line + "\n")) {
            server.run("history", "--token-file", "token").expect(0);

            assertThat(server.run("sync", "--token-file", "token").expect(6).err())
                    .contains("role");
            assertThat(Directories.content(prod)).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "--include, '*.txt'",
        "--exclude, '*.txt'",
        "--transfers, 4",
        "--max-delete, 4",
        "--report, losses.txt",
        "--on-drift, keep"
    })
    void whatAServerCannotBeAskedForIsRefusedBeforeItIsAsked(String option, String value) {
        Invocation.Ended ended = Invocation.in(directory)
                .run("sync", "--server", "http://127.0.0.1:1", option, value)
                .expect(2);

        assertThat(ended.err()).contains(option + " can't be asked of a server");
    }

    @Test
    void twoLocationsAreWorkedOnHere() {
        Invocation.in(directory)
                .run("sync", "./dev", "./prod", "--server", "http://127.0.0.1:1")
                .expect(2);
        assertThat(Directories.content(prod)).isEmpty();

        Invocation.Ended ended = Invocation.in(directory)
                .with("REPLICATOR_SERVER", "http://127.0.0.1:1")
                .run("sync", "./dev", "./prod")
                .expect(0);

        assertThat(ended.err()).contains("REPLICATOR_SERVER is left aside");
        assertThat(Directories.content(prod)).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:8080", "ftp://x", "http://u:p@x", "http://x?y", "http://", "s3://bucket"})
    void whatIsNoAddressIsRefused(String server) {
        Invocation.Ended ended =
                Invocation.in(directory).run("history", "--server", server).expect(2);

        assertThat(ended.err()).contains("--server takes http://host:port");
    }

    @Test
    void aServerThatIsNotThereIsToldWithWhatToDo() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }

        Invocation.Ended ended = Invocation.in(directory)
                .run("sync", "--server", "http://127.0.0.1:" + free)
                .expect(1);

        assertThat(ended.err()).contains("can't reach").contains("replicator serve");
    }

    @Test
    void theTokenFollowsNoRedirect() throws IOException {
        List<String> elsewhere = new CopyOnWriteArrayList<>();
        HttpServer other = answering(200, "{}", "", elsewhere);
        HttpServer first = answering(
                307, "", "http://127.0.0.1:" + other.getAddress().getPort() + "/", new CopyOnWriteArrayList<>());
        try {
            Invocation.Ended ended = Invocation.in(directory)
                    .with("REPLICATOR_TOKEN", "s3cret-s3cret")
                    .run(
                            "history",
                            "--server",
                            "http://127.0.0.1:" + first.getAddress().getPort())
                    .expect(1);

            assertThat(ended.err()).contains("sends elsewhere (307)").doesNotContain("s3cret");
            assertThat(elsewhere).isEmpty();
        } finally {
            first.stop(0);
            other.stop(0);
        }
    }

    @ParameterizedTest
    @CsvSource({"200, 1, is no Replicator server", "500, 1, is no Replicator server", "403, 6, maybe a proxy"})
    void whatIsNoReplicatorServerIsToldSo(int status, int code, String message) throws IOException {
        HttpServer stranger = answering(status, "<html>hello</html>", "", new CopyOnWriteArrayList<>());
        try {
            Invocation.Ended ended = Invocation.in(directory)
                    .run(
                            "history",
                            "--server",
                            "http://127.0.0.1:" + stranger.getAddress().getPort())
                    .expect(code);

            assertThat(ended.err()).contains(message);
        } finally {
            stranger.stop(0);
        }
    }

    private static HttpServer answering(int status, String body, String location, List<String> heard)
            throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            heard.add(exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization"));
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            if (!location.isEmpty()) {
                exchange.getResponseHeaders().set("Location", location);
            }
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        return server;
    }
}

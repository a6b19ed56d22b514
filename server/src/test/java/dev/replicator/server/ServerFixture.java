package dev.replicator.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.replicator.Replicator;
import dev.replicator.config.ConfigLoader;
import dev.replicator.config.Configuration;
import dev.replicator.config.ListenAddress;
import dev.replicator.config.ServerSettings;
import dev.replicator.server.history.PostgresServer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;

/** A server over directories, and a client of it, who holds every exchange against the API's description. */
final class ServerFixture implements AutoCloseable {
    static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final Path directory;
    private final ReplicatorServer server;

    private ServerFixture(Path directory, ReplicatorServer server) {
        this.directory = directory;
        this.server = server;
    }

    /** With the job {@code media} of {@code dev} to {@code prod} in that directory. */
    static ServerFixture start(Path directory, String moreOfTheJob) throws IOException {
        return start(directory, moreOfTheJob, Optional.empty());
    }

    static ServerFixture start(Path directory, String moreOfTheJob, Optional<String> database) throws IOException {
        configure(directory, moreOfTheJob);
        ServerSettings local = ServerSettings.DEFAULT.withListen(new ListenAddress("127.0.0.1", 0));
        Configuration configuration = new ConfigLoader(directory, Map.of())
                .load(Optional.empty())
                .withServer(database.map(url -> local.withDatabase(url).withDatabaseLogin(PostgresServer.USER, ""))
                        .orElse(local));
        return new ServerFixture(
                directory,
                ReplicatorServer.start(
                        configuration, Replicator.create(), directory.resolve("state"), Clock.systemUTC(), "here"));
    }

    /** Writes the configuration of such a server, with the directories that it names. */
    static void configure(Path directory, String moreOfTheJob) throws IOException {
        Files.createDirectories(directory.resolve("dev"));
        Files.createDirectories(directory.resolve("prod"));
        Files.writeString(
                directory.resolve("replicator.yaml"),
                "version: 1\njobs:\n  media: { source: \"./dev\", destination: \"./prod\"" + moreOfTheJob + " }\n");
    }

    java.net.URI uri() {
        return server.uri();
    }

    Path file(String name) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        return file;
    }

    /** Writes a file of the source. */
    void source(String key, String content) throws IOException {
        Files.writeString(file("dev/" + key), content);
    }

    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        return send(request(path, headers).GET().build());
    }

    HttpResponse<String> post(String path, String body, String... headers) throws IOException, InterruptedException {
        return send(request(path, headers)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.uri().resolve(path))
                .header(
                        "Authorization",
                        "Bearer " + server.ownToken().orElseThrow().token());
        return headers.length == 0 ? request : request.headers(headers);
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        DescribedExchange.check(request.method(), request.uri().getPath(), response);
        return response;
    }

    JsonNode json(String path) throws IOException, InterruptedException {
        return json(get(path));
    }

    static JsonNode json(HttpResponse<String> response) throws IOException {
        return JSON.readTree(response.body());
    }

    /** Starts a run and waits for its end. */
    JsonNode run(String body) throws IOException, InterruptedException {
        return ended(post("/api/v1/jobs/media/runs", body));
    }

    JsonNode ended(HttpResponse<String> accepted) {
        String location =
                accepted.headers().firstValue("Location").orElseThrow(() -> new AssertionError(accepted.body()));
        AtomicReference<JsonNode> last = new AtomicReference<>(JSON.nullNode());
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
            last.set(json(location + "?wait=5"));
            return !last.get().path("endedAt").isNull();
        });
        return last.get();
    }

    @Override
    public void close() {
        server.close();
    }
}

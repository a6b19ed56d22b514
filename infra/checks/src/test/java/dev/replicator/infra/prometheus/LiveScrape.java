package dev.replicator.infra.prometheus;

import dev.replicator.Replicator;
import dev.replicator.config.ConfigLoader;
import dev.replicator.server.ReplicatorServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a real server over directories shows Prometheus once runs ended well, badly, at a guard and with findings: the names
 * of its metrics, each with its labels.
 */
record LiveScrape(String text, Map<String, Set<String>> labels) {
    private static final Pattern SAMPLE = Pattern.compile("(?m)^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? \\S+$");
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"(?:[^\"\\\\]|\\\\.)*\"");
    private static final Pattern ENDED = Pattern.compile("\"endedAt\":\"");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    static LiveScrape in(Path directory) throws IOException, InterruptedException {
        for (String folder : new String[] {"dev", "prod", "few", "many"}) {
            Files.createDirectories(directory.resolve(folder));
        }
        Files.writeString(directory.resolve("dev/a.txt"), "a");
        Files.writeString(directory.resolve("few/a.txt"), "a");
        for (int i = 0; i < 30; i++) {
            Files.writeString(directory.resolve("many/" + i + ".txt"), "x");
        }
        Files.writeString(directory.resolve("replicator.yaml"), """
                jobs:
                  media: { source: ./dev, destination: ./prod }
                  guarded: { source: ./few, destination: ./many, delete: { mode: mirror } }
                  broken: { source: ./is-not-there, destination: ./other }
                notifications:
                  channels:
                    ops: { slack: { url: "https://127.0.0.1:1/nobody" }, on: [recovered] }
                server: { listen: "127.0.0.1:0" }
                """);
        try (ReplicatorServer server = ReplicatorServer.start(
                new ConfigLoader(directory, Map.of()).load(Optional.empty()),
                Replicator.create(),
                directory.resolve("state"),
                Clock.systemUTC(),
                "here")) {
            run(server, "media", "plan");
            run(server, "media", "sync");
            Files.writeString(directory.resolve("prod/a.txt"), "edited");
            run(server, "media", "drift");
            run(server, "media", "validate");
            run(server, "guarded", "sync");
            run(server, "broken", "sync");
            return of(send(server, "metrics", Optional.empty()).body());
        }
    }

    private static void run(ReplicatorServer server, String job, String action)
            throws IOException, InterruptedException {
        HttpResponse<String> accepted =
                send(server, "api/v1/jobs/" + job + "/runs", Optional.of("{\"action\":\"" + action + "\"}"));
        String location = accepted.headers()
                .firstValue("Location")
                .orElseThrow(() -> new AssertionError(accepted.statusCode() + " " + accepted.body()));
        Instant patience = Instant.now().plus(Duration.ofSeconds(60));
        while (Instant.now().isBefore(patience)) {
            if (ENDED.matcher(send(server, location.substring(1) + "?wait=5", Optional.empty())
                            .body())
                    .find()) {
                return;
            }
        }
        throw new AssertionError(action + " of " + job + " did not end");
    }

    private static HttpResponse<String> send(ReplicatorServer server, String path, Optional<String> body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(server.uri().resolve("/") + path))
                .timeout(Duration.ofSeconds(30))
                .header(
                        "Authorization",
                        "Bearer " + server.ownToken().orElseThrow().token())
                .header("Content-Type", "application/json");
        body.ifPresent(json -> request.POST(HttpRequest.BodyPublishers.ofString(json)));
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static LiveScrape of(String text) {
        Map<String, Set<String>> labels = new HashMap<>();
        Matcher samples = SAMPLE.matcher(text);
        while (samples.find()) {
            Set<String> names = labels.computeIfAbsent(samples.group(1), name -> new HashSet<>());
            Matcher label = LABEL.matcher(Optional.ofNullable(samples.group(2)).orElse(""));
            while (label.find()) {
                names.add(label.group(1));
            }
        }
        return new LiveScrape(text, Map.copyOf(labels));
    }
}

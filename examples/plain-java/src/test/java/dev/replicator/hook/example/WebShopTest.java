package dev.replicator.hook.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The shop as processes: three copies of a deployment start together. */
@Timeout(180)
class WebShopTest {
    private static final Pattern RESULT = Pattern.compile("deploy hook: ([A-Z_]+)");
    private static final Pattern LISTENING = Pattern.compile("listening on (http://\\S+)");

    @TempDir
    Path directory;

    private final List<Shop> shops = new ArrayList<>();

    @BeforeEach
    void fillTheDevelopmentBucket() throws IOException {
        for (int i = 0; i < 40; i++) {
            Path file = directory.resolve("dev/public/image-" + i + ".txt");
            Files.createDirectories(file.getParent());
            Files.writeString(file, "image " + i);
        }
        Files.createDirectories(directory.resolve("prod"));
        Files.writeString(directory.resolve("replicator.yaml"), """
                version: 1
                stores:
                  dev: { uri: "./dev" }
                  prod: { uri: "./prod" }
                jobs:
                  media:
                    source: dev
                    destination: prod
                    hook: { lease-ttl: 10s }
                """);
    }

    @AfterEach
    void closeTheShops() throws InterruptedException {
        for (Shop shop : shops) {
            shop.close();
        }
    }

    @Test
    void threeCopiesThatStartTogetherReplicateOnce() throws IOException, InterruptedException {
        Map<String, String> production =
                Map.of("REPLICATOR_ENV", "production", "REPLICATOR_DEPLOYMENT_ID", "release-1");

        List<Shop> copies = List.of(start(production), start(production), start(production));
        List<String> results = new ArrayList<>();
        for (Shop copy : copies) {
            results.add(copy.awaitLine(RESULT));
        }

        assertThat(results).containsExactlyInAnyOrder("SYNCED", "ALREADY_APPLIED", "ALREADY_APPLIED");
        assertThat(objects("prod/public")).isEqualTo(objects("dev/public")).hasSize(40);
        assertThat(objects("prod/.replicator/media/runs")).hasSize(1);
        assertThat(objects("prod/.replicator/media/deployments")).hasSize(1);
    }

    @Test
    void inDevelopmentTheShopServesAndSyncsByHandOnly() throws IOException, InterruptedException {
        Shop shop = start(Map.of());
        String address = shop.awaitLine(LISTENING);

        assertThat(send(address, "GET", "/").body()).contains("mug 9.90");
        assertThat(send(address, "GET", "/replication").body())
                .contains("\"environment\":\"development\"", "\"hookActive\":false");
        assertThat(directory.resolve("prod")).isEmptyDirectory();

        HttpResponse<String> sync = send(address, "POST", "/replication/sync");

        assertThat(sync.statusCode()).as(sync.body()).isEqualTo(200);
        assertThat(objects("prod/public")).hasSize(40);
    }

    private List<String> objects(String folder) throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve(folder))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static HttpResponse<String> send(String address, String method, String path)
            throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(address + path))
                                .method(method, HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private Shop start(Map<String, String> environment) throws IOException {
        Shop shop = new Shop(directory, environment);
        shops.add(shop);
        return shop;
    }

    /** A running copy; its output is read as it comes. */
    private static final class Shop {
        private final Process process;
        private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        private final List<String> seen = new ArrayList<>();

        Shop(Path directory, Map<String, String> environment) throws IOException {
            ProcessBuilder builder = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx96m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            WebShop.class.getName())
                    .directory(directory.toFile())
                    .redirectErrorStream(true);
            builder.environment().keySet().removeIf(name -> !name.equals("PATH") && !name.equals("LC_ALL"));
            builder.environment().put("HOME", directory.toString());
            builder.environment().putAll(environment);
            process = builder.start();
            Thread reader = new Thread(this::read, "shop-output");
            reader.setDaemon(true);
            reader.start();
        }

        private void read() {
            try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
                output.lines().forEach(lines::add);
            } catch (IOException | UncheckedIOException e) {
                lines.add("output ended: " + e);
            }
        }

        /** The first group of the next line that has it. */
        String awaitLine(Pattern wanted) throws InterruptedException {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
            while (System.nanoTime() < end) {
                String line = lines.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (line == null) {
                    break;
                }
                seen.add(line);
                Matcher found = wanted.matcher(line);
                if (found.find()) {
                    return found.group(1);
                }
            }
            throw new AssertionError("no " + wanted + " in\n" + String.join("\n", seen));
        }

        void close() throws InterruptedException {
            process.destroy();
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
    }
}

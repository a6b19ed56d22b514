package dev.replicator.example.boot;

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

/** The site as processes: three copies of a deployment start together. */
@Timeout(180)
class MediaApplicationTest {
    private static final Pattern RESULT = Pattern.compile("deploy hook: ([A-Z_]+)");
    private static final Pattern LISTENING = Pattern.compile("(?:on port |port\\(s\\): )(\\d+)");

    @TempDir
    Path directory;

    private final List<Site> sites = new ArrayList<>();

    @BeforeEach
    void fillTheDevelopmentBucket() throws IOException {
        for (int i = 0; i < 40; i++) {
            Path file = directory.resolve("dev/public/image-" + i + ".txt");
            Files.createDirectories(file.getParent());
            Files.writeString(file, "image " + i);
        }
        Files.createDirectories(directory.resolve("prod"));
    }

    @AfterEach
    void closeTheSites() throws InterruptedException {
        for (Site site : sites) {
            site.close();
        }
    }

    @Test
    void threeCopiesThatStartTogetherReplicateOnce() throws IOException, InterruptedException {
        Map<String, String> production =
                Map.of("REPLICATOR_ENV", "production", "REPLICATOR_DEPLOYMENT_ID", "release-1");

        List<Site> copies = List.of(start(production), start(production), start(production));
        List<String> results = new ArrayList<>();
        for (Site copy : copies) {
            results.add(copy.awaitLine(RESULT));
        }

        assertThat(results).containsExactlyInAnyOrder("SYNCED", "ALREADY_APPLIED", "ALREADY_APPLIED");
        assertThat(objects("prod/public")).isEqualTo(objects("dev/public")).hasSize(40);
        assertThat(objects("prod/.replicator/media/runs")).hasSize(1);
        assertThat(objects("prod/.replicator/media/deployments")).hasSize(1);
    }

    @Test
    void inDevelopmentTheSiteServesAndSyncsByHandOnly() throws IOException, InterruptedException {
        Site site = start(Map.of());
        String address = "http://127.0.0.1:" + site.awaitLine(LISTENING);

        assertThat(send(address, "GET", "/admin/media").body())
                .contains("\"environment\":\"development\"", "\"hookActive\":false");
        assertThat(send(address, "GET", "/actuator/health").body()).contains("\"replicator\"", "INACTIVE");
        assertThat(directory.resolve("prod")).isEmptyDirectory();

        HttpResponse<String> sync = send(address, "POST", "/admin/media/sync");

        assertThat(sync.statusCode()).as(sync.body()).isEqualTo(200);
        assertThat(objects("prod/public")).hasSize(40);
        assertThat(send(address, "POST", "/admin/media/validate").body()).contains("\"valid\":true");
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

    private Site start(Map<String, String> environment) throws IOException {
        Site site = new Site(directory, environment);
        sites.add(site);
        return site;
    }

    /** A running copy; its output is read as it comes. */
    private static final class Site {
        private final Process process;
        private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        private final List<String> seen = new ArrayList<>();

        Site(Path directory, Map<String, String> environment) throws IOException {
            ProcessBuilder builder = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx128m",
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-cp",
                            System.getProperty("java.class.path"),
                            MediaApplication.class.getName())
                    .directory(directory.toFile())
                    .redirectErrorStream(true);
            builder.environment().keySet().removeIf(name -> !name.equals("PATH") && !name.equals("LC_ALL"));
            builder.environment().put("HOME", directory.toString());
            builder.environment().put("SERVER_PORT", "0");
            builder.environment().put("SERVER_ADDRESS", "127.0.0.1");
            builder.environment().putAll(environment);
            process = builder.start();
            Thread reader = new Thread(this::read, "site-output");
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

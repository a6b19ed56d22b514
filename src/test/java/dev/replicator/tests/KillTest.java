package dev.replicator.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.testkit.s3.FakeS3;
import dev.replicator.testkit.s3.FakeS3Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 at any moment: nothing half-written is ever visible, and the next run converges by itself. */
@Tag("long")
@Timeout(900)
class KillTest {
    private static final int KILLS = Integer.getInteger("replicator.test.kills", 20);
    private static final String CONFIG = """
            version: 1
            stores:
              here: { uri: "%s", multipart-upload: 6MiB, part-size: 5MiB }
              there: { uri: "%s", multipart-upload: 6MiB, part-size: 5MiB }
            jobs:
              all: { source: here, destination: there }
            """;

    @Test
    void uploadsConvergeAfterKills(@TempDir Path directory) throws IOException, InterruptedException {
        Path source = directory.resolve("source");
        Trees.fill(source, 300, 40_000, 1);
        Trees.write(source.resolve("large-1.bin"), large(1));
        Trees.write(source.resolve("large-2.bin"), large(2));
        SortedMap<String, String> expected = Trees.digests(source);
        FakeS3Options slow = FakeS3Options.strict().withLatency(Duration.ofMillis(15));
        try (FakeS3 server = FakeS3.start(slow)) {
            server.createBucket("prod");
            Files.writeString(directory.resolve("replicator.yaml"), CONFIG.formatted(source, "s3://prod"));
            Cli cli = Servers.cli(directory, server).with("REPLICATOR_LEASE_TTL", "2s");

            for (int kill = 0; kill < KILLS; kill++) {
                Cli.Running run = cli.start("sync", "all", "-o", "json");
                Awaitility.await()
                        .atMost(Duration.ofSeconds(60))
                        .until(() -> writing(server) || !run.process().isAlive());
                run.process().waitFor(new Random(kill).nextInt(150), TimeUnit.MILLISECONDS);
                run.process().destroyForcibly().waitFor();

                server.keys("prod").stream()
                        .filter(key -> !key.startsWith(".replicator/"))
                        .forEach(key -> assertThat(content(server, key)).as(key).isEqualTo(expected.get(key)));
                server.log().reset();
            }
            Cli.Result last = cli.with("REPLICATOR_LEASE_TTL", "1m").run("sync", "all", "-o", "json");

            assertThat(last.exit()).as(last.err()).isZero();
            SortedMap<String, String> found = new TreeMap<>();
            server.keys("prod").stream()
                    .filter(key -> !key.startsWith(".replicator/"))
                    .forEach(key -> found.put(key, content(server, key)));
            assertThat(found).isEqualTo(expected);
            assertThat(server.unfinishedUploads("prod")).isEmpty();
        }
    }

    @Test
    void downloadsConvergeAfterKills(@TempDir Path directory) throws InterruptedException {
        Path destination = directory.resolve("destination");
        FakeS3Options slow = FakeS3Options.strict().withLatency(Duration.ofMillis(10));
        try (FakeS3 server = FakeS3.start(slow)) {
            server.createBucket("dev");
            SortedMap<String, String> expected = new TreeMap<>();
            for (int i = 0; i < 300; i++) {
                byte[] content = new byte[new Random(i).nextInt(40_000)];
                new Random(i).nextBytes(content);
                String key = "part-%d/file %04d.bin".formatted(i % 7, i);
                server.put("dev", key, content);
                expected.put(key, Trees.digest(content));
            }
            Cli cli = Servers.cli(directory, server);

            for (int kill = 0; kill < KILLS; kill++) {
                Cli.Running run = cli.start("sync", "s3://dev", destination.toString(), "-o", "json");
                int before = Trees.digests(destination).size();
                Awaitility.await()
                        .atMost(Duration.ofSeconds(60))
                        .until(() -> Trees.digests(destination).size() > before
                                || !run.process().isAlive());
                run.process().waitFor(new Random(kill).nextInt(100), TimeUnit.MILLISECONDS);
                run.process().destroyForcibly().waitFor();

                assertThat(expected).containsAllEntriesOf(Trees.digests(destination));
            }
            Cli.Result last = cli.run("sync", "s3://dev", destination.toString(), "-o", "json");

            assertThat(last.exit()).as(last.err()).isZero();
            assertThat(Trees.digests(destination)).isEqualTo(expected);
        }
    }

    private static boolean writing(FakeS3 server) {
        return server.log().mutations().stream()
                .anyMatch(request -> !request.key().startsWith(".replicator/"));
    }

    private static String content(FakeS3 server, String key) {
        return Trees.digest(server.get("prod", key).orElseThrow());
    }

    private static byte[] large(int seed) {
        byte[] bytes = new byte[17 << 20];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}

package dev.replicator.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.testkit.s3.FakeS3;
import dev.replicator.testkit.s3.FakeS3Options;
import dev.replicator.testkit.s3.log.LoggedRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A lease holder that was stopped beyond its TTL does nothing more when it wakes. */
@Tag("long")
@Timeout(240)
class PausedHolderTest {
    private static final String CONFIG = """
            version: 1
            stores:
              dev: { uri: "s3://dev" }
              prod: { uri: "s3://prod" }
            jobs:
              site:
                source: dev
                destination: prod
                transfer: { concurrency: 4 }
                hook: { mode: block, lease-ttl: 8s, wait-lock: 1m }
            """;

    @Test
    void noWriteOfAStoppedHolderLands(@TempDir Path directory) throws IOException {
        try (FakeS3 server = FakeS3.start(FakeS3Options.strict().withLatency(Duration.ofMillis(50)))) {
            server.createBucket("dev");
            server.createBucket("prod");
            server.populate("dev", 600, i -> "k/%05d".formatted(i), 100);
            Files.writeString(directory.resolve("replicator.yaml"), CONFIG);
            Cli cli = Servers.cli(directory, server)
                    .with("REPLICATOR_ENV", "production")
                    .with("REPLICATOR_DEPLOYMENT_ID", "release-1");

            Cli.Running holder = cli.start("hook", "-o", "json");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> server.keys("prod").stream().anyMatch(key -> key.startsWith("k/")));
            holder.signal("STOP");
            Cli.Result successor = cli.run("hook", "-o", "json");
            server.log().reset();
            holder.signal("CONT");
            Cli.Result woken = holder.await();

            // The woken replica may take part again, under a lease of its own, and find the deployment applied.
            List<LoggedRequest> late = server.log().mutations().stream()
                    .filter(request -> request.status() < 300 && !request.key().startsWith(".replicator/"))
                    .toList();
            assertThat(successor.out()).as(successor.err()).contains("\"SYNCED\"");
            assertThat(woken.out()).as(woken.err()).doesNotContain("\"SYNCED\"");
            assertThat(late).isEmpty();
            assertThat(server.keys("prod").stream().filter(key -> key.startsWith("k/")))
                    .hasSize(600);
        }
    }
}

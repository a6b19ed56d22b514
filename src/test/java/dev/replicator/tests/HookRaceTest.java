package dev.replicator.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.testkit.gcs.FakeGcs;
import dev.replicator.testkit.gcs.FakeGcsOptions;
import dev.replicator.testkit.s3.FakeS3;
import dev.replicator.testkit.s3.FakeS3Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** N replicas start together: exactly one runs, the others adopt its result. */
@Tag("long")
@Timeout(1_500)
class HookRaceTest {
    private static final int REPLICAS = 8;
    private static final int ROUNDS = Integer.getInteger("replicator.test.rounds", 3);
    private static final String CONFIG = """
            version: 1
            stores:
              dev: { uri: "%s" }
              prod: { uri: "%s" }
            jobs:
              site:
                source: dev
                destination: prod
                hook: { mode: block, lease-ttl: 1m, wait-lock: 2m }
            """;

    @Test
    void oneRunPerDeploymentOverS3(@TempDir Path directory) throws IOException {
        try (FakeS3 server = FakeS3.start(FakeS3Options.strict())) {
            server.createBucket("dev");
            server.createBucket("prod");
            server.populate("dev", 50, i -> "k/%05d".formatted(i), 100);
            Cli cli = Servers.cli(directory, server);

            race(directory, cli, "s3://dev", "s3://prod", ROUNDS);
        }
    }

    @Test
    void oneRunPerDeploymentOverDirectories(@TempDir Path directory) throws IOException {
        Trees.fill(directory.resolve("dev"), 50, 1_000, 1);

        race(
                directory,
                new Cli(directory),
                directory.resolve("dev").toString(),
                directory.resolve("prod").toString(),
                ROUNDS);
    }

    @Test
    void oneRunPerDeploymentFromS3ToCloudStorage(@TempDir Path directory) throws IOException {
        try (FakeS3 server = FakeS3.start(FakeS3Options.strict());
                FakeGcs google = FakeGcs.start(FakeGcsOptions.strict())) {
            server.createBucket("dev");
            google.createBucket("prod");
            server.populate("dev", 50, i -> "k/%05d".formatted(i), 100);
            Cli cli = Servers.cli(directory, server)
                    .with("STORAGE_EMULATOR_HOST", google.endpoint().toString());

            race(directory, cli, "s3://dev", "gs://prod", Math.min(ROUNDS, 6));

            assertThat(google.keys("prod"))
                    .filteredOn(key -> key.startsWith("k/"))
                    .isEqualTo(server.keys("dev"));
        }
    }

    private static void race(Path directory, Cli cli, String dev, String prod, int rounds) throws IOException {
        Files.writeString(directory.resolve("replicator.yaml"), CONFIG.formatted(dev, prod));
        for (int round = 0; round < rounds; round++) {
            Cli replica = cli.with("REPLICATOR_ENV", "production").with("REPLICATOR_DEPLOYMENT_ID", "release-" + round);
            List<Cli.Running> replicas = new ArrayList<>();
            for (int i = 0; i < REPLICAS; i++) {
                replicas.add(replica.start("hook", "-o", "json"));
            }
            List<Cli.Result> results = replicas.stream().map(Cli.Running::await).toList();

            assertThat(results)
                    .as("round " + round)
                    .allSatisfy(
                            result -> assertThat(result.exit()).as(result.err()).isZero());
            assertThat(results.stream().filter(result -> result.out().contains("\"SYNCED\"")))
                    .as("round " + round + ": " + results)
                    .hasSize(1);
            assertThat(results.stream().filter(result -> result.out().contains("\"ALREADY_APPLIED\"")))
                    .as("round " + round + ": " + results)
                    .hasSize(REPLICAS - 1);
        }
    }
}

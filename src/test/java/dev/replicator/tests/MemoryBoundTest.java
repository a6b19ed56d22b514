package dev.replicator.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.testkit.s3.FakeS3;
import dev.replicator.testkit.s3.FakeS3Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Memory does not grow with the bucket. Each process has {@link Cli}'s two minutes; the servers fill in between. */
@Tag("long")
@Timeout(400)
class MemoryBoundTest {
    private static final int PAIRS = 200_000;

    @Test
    void comparesTwoHundredThousandPairsInNinetySixMegabytes(@TempDir Path directory) {
        try (FakeS3 server = FakeS3.start(FakeS3Options.strict().withLogLimit(0))) {
            server.createBucket("dev");
            server.createBucket("prod");
            server.populate("dev", PAIRS, i -> "images/2026/%08d/original.webp".formatted(i), 64);
            server.populate("prod", PAIRS - 1, i -> "images/2026/%08d/original.webp".formatted(i), 64);

            Cli.Result result = new Cli(directory)
                    .withS3(
                            server.endpoint(),
                            FakeS3Options.CREDENTIALS.accessKey(),
                            FakeS3Options.CREDENTIALS.secretKey())
                    .withJvm("-Xmx96m")
                    .run("sync", "s3://dev", "s3://prod", "-o", "json");

            assertThat(result.exit()).as(result.err()).isZero();
            assertThat(result.out()).contains("\"unchanged\" : " + (PAIRS - 1)).contains("\"copied\" : 1");
        }
    }

    /** The same with a name: the first run leaves a baseline, the second reads it. */
    @Test
    void keepsABaselineOfTwoHundredThousandPairsInNinetySixMegabytes(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("replicator.yaml"), """
                version: 1
                jobs:
                  media: { source: "s3://dev", destination: "s3://prod" }
                """);
        try (FakeS3 server = FakeS3.start(FakeS3Options.strict().withLogLimit(0))) {
            server.createBucket("dev");
            server.createBucket("prod");
            server.populate("dev", PAIRS, i -> "images/2026/%08d/original.webp".formatted(i), 64);
            server.populate("prod", PAIRS - 1, i -> "images/2026/%08d/original.webp".formatted(i), 64);
            Cli cli = new Cli(directory)
                    .withS3(
                            server.endpoint(),
                            FakeS3Options.CREDENTIALS.accessKey(),
                            FakeS3Options.CREDENTIALS.secretKey())
                    .withJvm("-Xmx96m");

            Cli.Result first = cli.run("sync", "media", "-o", "json");
            Cli.Result second = cli.run("sync", "media", "-o", "json");

            assertThat(first.exit()).as(first.err()).isZero();
            assertThat(first.out()).contains("\"copied\" : 1");
            assertThat(second.exit()).as(second.err()).isZero();
            assertThat(second.out()).contains("\"unchanged\" : " + PAIRS).contains("NOTHING_TO_DO");
            assertThat(second.out()).contains("\"head\" : 0");
            assertThat(server.keys("prod").stream().filter(key -> key.contains("/baseline/")))
                    .hasSizeBetween(2, 10);
        }
    }
}

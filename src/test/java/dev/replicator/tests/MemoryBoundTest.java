package dev.replicator.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.testkit.s3.FakeS3;
import dev.replicator.testkit.s3.FakeS3Options;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Memory does not grow with the bucket. */
@Timeout(180)
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
}

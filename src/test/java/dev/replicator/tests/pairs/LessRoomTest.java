package dev.replicator.tests.pairs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.replicator.job.ReplicationJob;
import dev.replicator.report.RunReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** From a filesystem with room for large attributes to one without. */
@Timeout(60)
class LessRoomTest {
    /** In memory, where Linux has it. */
    private static final Path ROOMY = Path.of("/dev/shm");

    @TempDir
    private Path directory;

    @Test
    void aStrictJobCopiesNoFileWhoseMetadataFindNoRoom() throws IOException {
        assumeThat(ROOMY).as("skipped: no /dev/shm here").isWritable();
        Path roomy = Files.createTempDirectory(ROOMY, "replicator");
        try (Fakes fakes = new Fakes(directory)) {
            Side source = new DirectorySide(roomy, fakes.clock, Fakes.SIZES);
            source.put("k", Bytes.random(1_000, 1));
            source.describe("k", Map.of("big", "x".repeat(7_000)));
            assumeThat(source.user("k")).as("skipped: no room there either").containsKey("big");
            Side destination = fakes.open(Kind.DIRECTORY);
            ReplicationJob job = Fakes.job(source, destination);
            fakes.clock.advance(Duration.ofSeconds(60));

            RunReport report = fakes.run(job.withMetadata(job.metadata().withStrict(true)));

            boolean whole =
                    destination.get("k").isPresent() && destination.user("k").containsKey("big");
            assertThat(whole || destination.keys().isEmpty())
                    .as(report.toString())
                    .isTrue();
            assertThat(report.counts().copied()).isEqualTo(destination.keys().size());
        } finally {
            try (Stream<Path> all = Files.walk(roomy)) {
                List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
                for (Path one : deepestFirst) {
                    Files.delete(one);
                }
            }
        }
    }
}

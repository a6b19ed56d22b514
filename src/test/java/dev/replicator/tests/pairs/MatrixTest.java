package dev.replicator.tests.pairs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.job.DeletePolicy;
import dev.replicator.job.ReplicationJob;
import dev.replicator.report.Counts;
import dev.replicator.report.Outcome;
import dev.replicator.report.RunReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What happens to an object between any two kinds of places; and that a second run writes nothing. */
@Timeout(60)
class MatrixTest {
    private static final String KEY = "a b/\u00e9+%.bin";
    private static final String BYSTANDER = "kept";

    @TempDir
    static Path directory;

    private static Fakes fakes;

    @BeforeAll
    static void start() {
        fakes = new Fakes(directory);
    }

    @AfterAll
    static void stop() {
        fakes.close();
    }

    static Stream<Arguments> cells() {
        return Pair.all()
                .flatMap(pair -> Arrays.stream(Scenario.values()).map(scenario -> Arguments.of(pair, scenario)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("cells")
    void isCarriedOnceAndNotTwice(Pair pair, Scenario scenario) {
        fakes.setToNow();
        Side source = fakes.open(pair.source());
        Side destination = fakes.open(pair.destination());
        ReplicationJob job = job(scenario, source, destination);
        source.put(BYSTANDER, Bytes.random(100));
        later();
        destination.put(BYSTANDER, Bytes.random(100));
        arrange(scenario, source, destination);
        later();

        RunReport first = fakes.run(job);

        assertThat(first.problem()).isEmpty();
        assertThat(first.failures()).isEmpty();
        assertCounts(scenario, pair, first.counts());
        assertThat(destination.contents()).isEqualTo(source.contents());
        if (scenario == Scenario.REDESCRIBED) {
            assertThat(destination.user(KEY)).isEqualTo(Map.of("visibility", "private"));
        }
        assertASecondRunWritesNothing(job, source, destination);
    }

    private static ReplicationJob job(Scenario scenario, Side source, Side destination) {
        ReplicationJob job = Fakes.job(source, destination);
        return switch (scenario) {
            case DELETED -> job.withDelete(new DeletePolicy(DeletePolicy.Mode.MIRROR, 10, 100));
            case REDESCRIBED -> job.withMetadata(job.metadata().withCompare(true));
            default -> job;
        };
    }

    private static void arrange(Scenario scenario, Side source, Side destination) {
        switch (scenario) {
            case NEW -> source.put(KEY, Bytes.random(1_000));
            case GROWN -> {
                destination.put(KEY, Bytes.random(999));
                later();
                source.put(KEY, Bytes.random(1_000));
            }
            case EDITED -> {
                destination.put(KEY, Bytes.random(1_000, 2));
                later();
                source.put(KEY, Bytes.random(1_000));
            }
            case SAME -> {
                source.put(KEY, Bytes.random(1_000));
                later();
                destination.put(KEY, Bytes.random(1_000));
            }
            case DELETED -> destination.put(KEY, Bytes.random(1_000));
            case REDESCRIBED, REDESCRIBED_UNASKED -> {
                source.put(KEY, Bytes.random(1_000));
                source.describe(KEY, Map.of("visibility", "public"));
                fakes.run(job(Scenario.REDESCRIBED, source, destination));
                assertThat(destination.user(KEY)).isEqualTo(Map.of("visibility", "public"));
                source.describe(KEY, Map.of("visibility", "private"));
            }
            case EMPTY -> source.put(KEY, new byte[0]);
            case ONE_BYTE -> source.put(KEY, Bytes.random(1));
            case BELOW_A_PART -> source.put(KEY, Bytes.random(Fakes.PART - 1));
            case A_PART -> source.put(KEY, Bytes.random(Fakes.PART));
            case ABOVE_A_PART -> source.put(KEY, Bytes.random(Fakes.PART + 1));
            case LARGE -> source.put(KEY, Bytes.random(2 * Fakes.PART + 12_345));
        }
    }

    private static void later() {
        fakes.clock.advance(Duration.ofSeconds(10));
    }

    private static void assertCounts(Scenario scenario, Pair pair, Counts counts) {
        long unchanged = 1;
        long copied = 0;
        long overwritten = 0;
        long deleted = 0;
        long updated = 0;
        switch (scenario) {
            case GROWN, EDITED -> overwritten = 1;
            case SAME, REDESCRIBED_UNASKED -> unchanged++;
            case DELETED -> deleted = 1;
            case REDESCRIBED -> updated = 1;
            default -> copied = 1;
        }
        assertThat(counts.copied()).as("copied").isEqualTo(copied);
        assertThat(counts.overwritten()).as("overwritten").isEqualTo(overwritten);
        assertThat(counts.deleted()).as("deleted").isEqualTo(deleted);
        assertThat(counts.metadataUpdated()).as("metadata").isEqualTo(updated);
        assertThat(counts.unchanged()).as("unchanged").isEqualTo(unchanged);
        assertThat(counts.unguarded()).as("unguarded").isZero();
        if (scenario == Scenario.REDESCRIBED) {
            assertThat(counts.bytes()).as("bytes copied for metadata").isZero();
        }
    }

    private static void assertASecondRunWritesNothing(ReplicationJob job, Side source, Side destination) {
        source.watch();
        destination.watch();

        RunReport second = fakes.run(job);

        assertThat(second.outcome()).isEqualTo(Outcome.NOTHING_TO_DO);
        assertThat(source.writes()).isEmpty();
        assertThat(destination.writes()).isEmpty();
    }
}

package dev.replicator.tests.pairs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.PlanHeaders;
import dev.replicator.RunOptions;
import dev.replicator.job.DeletePolicy;
import dev.replicator.job.DriftPolicy;
import dev.replicator.job.ReplicationJob;
import dev.replicator.plan.PlanWriter;
import dev.replicator.plan.WrittenPlan;
import dev.replicator.report.Outcome;
import dev.replicator.report.RunReport;
import dev.replicator.testkit.gcs.model.GcsOperation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Somebody makes an object of Cloud Storage private while a run or a plan is about to replace or delete it. */
@Timeout(120)
class HandEditsTest {
    private static final Map<String, String> PRIVATE = Map.of("custom:aclPolicy", "private-by-hand");
    private static final int SMALL = 1_000;
    private static final int LARGE = 2 * Fakes.PART + 77;

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

    @BeforeEach
    void setToNow() {
        fakes.setToNow();
    }

    @AfterEach
    void heal() {
        fakes.gcs.faults().clear();
    }

    static Stream<Arguments> copies() {
        return Stream.of(Kind.values()).flatMap(from -> Stream.of(SMALL, LARGE).map(size -> Arguments.of(from, size)));
    }

    private static ReplicationJob mirror(Side source, Side destination) {
        return Fakes.job(source, destination)
                .withName("media")
                .withOnDrift(DriftPolicy.KEEP)
                .withDelete(new DeletePolicy(DeletePolicy.Mode.MIRROR, 10, 100));
    }

    private static void later() {
        fakes.clock.advance(Duration.ofSeconds(60));
    }

    /** What came of the run is what the next one goes by: new content arrives under the metadata that others gave. */
    @ParameterizedTest(name = "from {0}, {1} bytes")
    @MethodSource("copies")
    void anEditBetweenTheListingAndTheWriteIsKept(Kind from, int size) {
        Side source = fakes.open(from);
        GcsSide destination = (GcsSide) fakes.open(Kind.GCS);
        source.put("photo", Bytes.random(size, 1));
        later();
        ReplicationJob job = mirror(source, destination);
        assertThat(fakes.run(job).counts().copied()).isEqualTo(1);
        later();
        source.put("photo", Bytes.random(size, 2));
        later();
        AtomicBoolean edited = new AtomicBoolean();
        fakes.gcs
                .faults()
                .on(GcsOperation.INSERT, GcsOperation.REWRITE, GcsOperation.RESUMABLE_START)
                .key("photo")
                .before(call -> {
                    if (call.bucket().equals(destination.bucket()) && !edited.getAndSet(true)) {
                        destination.describe("photo", PRIVATE);
                    }
                });

        RunReport report = fakes.run(job);
        fakes.gcs.faults().clear();

        assertThat(edited).isTrue();
        assertThat(report.outcome()).isEqualTo(Outcome.PARTIAL);
        assertThat(report.counts().stale()).isEqualTo(1);
        assertThat(destination.user("photo")).isEqualTo(PRIVATE);
        assertThat(destination.get("photo")).contains(Bytes.random(size, 1));
        later();
        assertThat(fakes.run(job).counts().overwritten()).isEqualTo(1);
        assertThat(destination.user("photo")).isEqualTo(PRIVATE);
        assertThat(destination.get("photo")).contains(Bytes.random(size, 2));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void anEditBetweenPlanAndApplyIsKept(Kind from) {
        Side source = fakes.open(from);
        Side destination = fakes.open(Kind.GCS);
        source.put("photo", Bytes.random(SMALL, 1));
        source.put("gone", Bytes.random(SMALL, 1));
        source.put("same", Bytes.random(SMALL, 1));
        later();
        ReplicationJob job = mirror(source, destination);
        assertThat(fakes.run(job).counts().copied()).isEqualTo(3);
        later();
        source.put("photo", Bytes.random(SMALL, 2));
        source.remove("gone");
        later();
        Path file = directory.resolve("from-" + from + ".plan");
        try (PlanWriter writer = new PlanWriter(file, PlanHeaders.of(job, fakes.clock.instant()))) {
            fakes.replicator.plan(job, writer, RunOptions.defaults());
            writer.finish(true, "");
        }
        destination.describe("photo", PRIVATE);
        destination.describe("gone", PRIVATE);
        later();

        RunReport report = fakes.replicator.apply(WrittenPlan.open(file), job, RunOptions.defaults());

        assertThat(report.outcome()).isEqualTo(Outcome.PARTIAL);
        assertThat(report.counts().stale()).isEqualTo(2);
        assertThat(destination.keys()).containsExactly("gone", "photo", "same");
        assertThat(destination.user("photo")).isEqualTo(PRIVATE);
        assertThat(destination.user("gone")).isEqualTo(PRIVATE);
        assertThat(destination.get("photo")).contains(Bytes.random(SMALL, 1));
    }
}

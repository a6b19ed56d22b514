package dev.replicator.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.replicator.Replicator;
import dev.replicator.RunOptions;
import dev.replicator.job.DriftPolicy;
import dev.replicator.job.ReplicationJob;
import dev.replicator.plan.PlanSink;
import dev.replicator.report.DriftReport;
import dev.replicator.report.DriftSink;
import dev.replicator.report.Outcome;
import dev.replicator.report.RunReport;
import dev.replicator.store.RequestKind;
import dev.replicator.store.Stores;
import dev.replicator.store.TransferSizes;
import dev.replicator.testkit.gcs.FakeGcs;
import dev.replicator.testkit.gcs.model.GcsOperation;
import dev.replicator.testkit.gcs.store.ObjectFields;
import dev.replicator.testkit.s3.FakeS3;
import dev.replicator.testkit.s3.FakeS3Options;
import dev.replicator.testkit.s3.model.S3Operation;
import dev.replicator.testkit.s3.store.Attributes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a run changed of metadata is in its baseline: neither the next run nor a look at drift takes it for others' work. */
@Timeout(120)
class OwnMetadataUpdatesTest {
    private static final int MIB = 1 << 20;
    private static final TransferSizes FIVE = new TransferSizes(5 * MIB, 5 * MIB, 5 * MIB);
    private static final Instant OLD = Instant.parse("2026-01-01T00:00:00Z");

    private final FakeS3 server = FakeS3.start(FakeS3Options.strict());

    @TempDir
    Path directory;

    @BeforeAll
    static void credentials() {
        TwoSides.useCredentials();
    }

    @BeforeEach
    void objects() {
        server.createBucket("dev");
        server.createBucket("prod");
        for (String key : new String[] {"small", "in parts", "untouched"}) {
            byte[] content = new byte[key.equals("in parts") ? 6 * MIB : 100];
            server.put("dev", key, content, Attributes.DEFAULT.withMetadata(Map.of("visibility", "public")));
            server.setLastModified("dev", key, OLD);
        }
    }

    @AfterEach
    void close() {
        server.close();
    }

    private void hide(String key) {
        server.setAttributes("dev", key, attributes -> attributes.withMetadata(Map.of("visibility", "private")));
    }

    private static ReplicationJob comparing(ReplicationJob job) {
        return job.withMetadata(job.metadata().withCompare(true));
    }

    private static ReplicationJob job(String source, String destination) {
        return ReplicationJob.of(
                        TwoSides.at(source).withSizes(FIVE),
                        TwoSides.at(destination).withSizes(FIVE))
                .withRetry(TwoSides.quick())
                .withName("media");
    }

    private static RunReport run(Replicator replicator, ReplicationJob job) {
        return replicator.run(job, RunOptions.defaults());
    }

    private static void isQuiet(Replicator replicator, ReplicationJob job) {
        DriftReport drift = replicator.drift(job, DriftSink.NONE, RunOptions.defaults());
        assertThat(drift.problem()).isEmpty();
        assertThat(drift.found()).isZero();
        assertThat(drift.requests().getOrDefault(RequestKind.HEAD, 0L)).isZero();
        for (DriftPolicy policy : DriftPolicy.values()) {
            RunReport next = run(replicator, job.withOnDrift(policy));
            assertThat(next.outcome()).isEqualTo(Outcome.NOTHING_TO_DO);
            assertThat(next.counts().drifted() + next.counts().skipped()).isZero();
            assertThat(next.warnings()).isEmpty();
        }
    }

    private void hiddenAndCompared(ReplicationJob job) {
        Replicator replicator = TwoSides.replicator(server);
        assertThat(run(replicator, job).counts().copied()).isEqualTo(3);
        hide("small");
        hide("in parts");

        RunReport updated = run(replicator, comparing(job));

        assertThat(updated.counts().metadataUpdated()).isEqualTo(2);
        assertThat(updated.counts().drifted()).isZero();
        server.log().reset();
        isQuiet(replicator, job);
        assertThat(server.log().count(S3Operation.HEAD_OBJECT)).isZero();
        assertThat(server.log().mutations()).isEmpty();
    }

    @Test
    void inABucket() {
        hiddenAndCompared(job("s3://dev", "s3://prod"));

        assertThat(server.find("prod", "in parts").orElseThrow().attributes().metadata())
                .containsEntry("visibility", "private");
    }

    @Test
    void inADirectory() throws IOException {
        Path tree = Files.createDirectory(directory.resolve("tree"));
        assumeThat(Files.getFileStore(tree).supportsFileAttributeView(UserDefinedFileAttributeView.class))
                .as("extended attributes")
                .isTrue();

        hiddenAndCompared(job("s3://dev", tree.toString()));
    }

    /** There nobody has to ask: the listing shows that the source's metadata changed. */
    @Test
    void inABucketOfCloudStorage() {
        try (FakeGcs google = FakeGcs.start()) {
            google.createBucket("dev");
            google.createBucket("prod");
            for (int i = 0; i < 10; i++) {
                google.put(
                        "dev", "k" + i, new byte[100], ObjectFields.NONE.withMetadata(Map.of("visibility", "public")));
            }
            Replicator replicator = Replicator.create(
                    Stores.onClassPath(),
                    Clock.systemUTC(),
                    Map.of("STORAGE_EMULATOR_HOST", google.endpoint().toString()));
            ReplicationJob job = job("gs://dev", "gs://prod");
            assertThat(run(replicator, job).counts().copied()).isEqualTo(10);
            run(replicator, job);
            google.patch("dev", "k3", fields -> fields.withMetadata(Map.of("visibility", "private")));
            google.log().reset();

            RunReport plan = replicator.plan(job, PlanSink.NONE, RunOptions.defaults());
            assertThat(plan.counts().metadataUpdated()).isEqualTo(1);
            assertThat(google.log().count(GcsOperation.GET)).isEqualTo(2);
            RunReport updated = run(replicator, job);

            assertThat(updated.counts().metadataUpdated()).isEqualTo(1);
            assertThat(updated.counts().drifted()).isZero();
            assertThat(google.find("prod", "k3").orElseThrow().fields().metadata())
                    .containsEntry("visibility", "private");
            google.log().reset();
            isQuiet(replicator, job);
            assertThat(google.log().count(GcsOperation.GET)).isZero();
            assertThat(google.log().mutations()).isEmpty();
        }
    }
}

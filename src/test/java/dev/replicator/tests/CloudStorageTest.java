package dev.replicator.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.replicator.Replicator;
import dev.replicator.RunOptions;
import dev.replicator.job.ReplicationJob;
import dev.replicator.plan.PlanSink;
import dev.replicator.report.Estimate;
import dev.replicator.report.Outcome;
import dev.replicator.report.RunReport;
import dev.replicator.store.Capability;
import dev.replicator.store.MetadataLoss.Kind;
import dev.replicator.store.RequestKind;
import dev.replicator.store.StoreSettings;
import dev.replicator.store.Stores;
import dev.replicator.testkit.gcs.FakeGcs;
import dev.replicator.testkit.gcs.FakeGcsOptions;
import dev.replicator.testkit.gcs.model.GcsCall;
import dev.replicator.testkit.gcs.model.GcsOperation;
import dev.replicator.testkit.gcs.store.Encryption;
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
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What goes between Cloud Storage and others: what it costs in requests, counted by both servers, and what it loses. */
@Timeout(120)
class CloudStorageTest {
    private static final int MANY = 40;
    private static final Instant OLD = Instant.parse("2026-01-01T00:00:00Z");
    private static final ObjectFields DRESSED = ObjectFields.NONE
            .withText("contentType", "text/plain")
            .withText("cacheControl", "no-store")
            .withMetadata(Map.of("custom:aclPolicy", "{\"visibility\":\"public\"}"));

    private final Clock clock = TwoSides.standing();
    private final FakeS3 s3 = FakeS3.start(FakeS3Options.strict().withClock(clock));
    private final FakeGcs gcs = FakeGcs.start(FakeGcsOptions.strict().withClock(clock));
    private Replicator replicator;

    @TempDir
    Path directory;

    private Path tree;

    @BeforeAll
    static void credentials() {
        TwoSides.useCredentials();
    }

    @BeforeEach
    void buckets() throws IOException {
        tree = Files.createDirectory(directory.resolve("tree"));
        for (String bucket : new String[] {"dev-bucket", "prod-bucket"}) {
            s3.createBucket(bucket);
            gcs.createBucket(bucket);
        }
        Map<String, String> environment = new HashMap<>(TwoSides.environment(s3));
        environment.put("STORAGE_EMULATOR_HOST", gcs.endpoint().toString());
        replicator = Replicator.create(Stores.onClassPath(), clock, environment);
    }

    @AfterEach
    void close() {
        s3.close();
        gcs.close();
    }

    private static StoreSettings at(String uri) {
        StoreSettings settings = TwoSides.at(uri);
        return uri.startsWith("gs://")
                ? settings.withCapabilities(
                        EnumSet.complementOf(EnumSet.of(Capability.TAGS, Capability.KEEPS_MODIFIED, Capability.ETAGS)))
                : settings;
    }

    private static ReplicationJob job(String source, String destination) {
        return ReplicationJob.of(at(source), at(destination)).withRetry(TwoSides.quick());
    }

    private void fillCloudStorage() {
        for (int i = 0; i < MANY; i++) {
            gcs.put("dev-bucket", "k/%03d".formatted(i), new byte[100 + i], DRESSED);
            gcs.setTimeCreated("dev-bucket", "k/%03d".formatted(i), OLD);
        }
    }

    private void fillS3() {
        for (int i = 0; i < MANY; i++) {
            s3.put("dev-bucket", "k/%03d".formatted(i), new byte[100 + i], Attributes.DEFAULT);
            s3.setLastModified("dev-bucket", "k/%03d".formatted(i), OLD);
        }
    }

    /** Runs twice; the first run sends what its plan foretold, the second writes nothing. */
    private RunReport runAsForetold(ReplicationJob job) {
        RunReport plan = replicator.plan(job, PlanSink.NONE, RunOptions.defaults());
        s3.log().reset();
        gcs.log().reset();

        RunReport run = replicator.run(job, RunOptions.defaults());

        assertThat(run.outcome()).as("%s", run.problem()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(run.counts().copied()).isEqualTo(MANY);
        assertThat(foretold(plan))
                .isEqualTo(counted(run.requests(), plan.estimate().orElseThrow()));
        return run;
    }

    private void assertSecondRunWritesNothing(ReplicationJob job) {
        s3.log().reset();
        gcs.log().reset();
        assertThat(replicator.run(job, RunOptions.defaults()).outcome()).isEqualTo(Outcome.NOTHING_TO_DO);
        assertThat(s3.log().mutations()).isEmpty();
        assertThat(gcs.log().mutations()).isEmpty();
    }

    private static Map<RequestKind, Long> foretold(RunReport plan) {
        Estimate estimate = plan.estimate().orElseThrow();
        Map<RequestKind, Long> sum = new EnumMap<>(plan.requests());
        estimate.work().requests().toMap().forEach((kind, requests) -> sum.merge(kind, requests, Long::sum));
        return counted(sum, estimate);
    }

    /** How often a source directory opens a file is nobody's bill. */
    private static Map<RequestKind, Long> counted(Map<RequestKind, Long> requests, Estimate estimate) {
        Map<RequestKind, Long> counted = new EnumMap<>(requests);
        if (estimate.source().local()) {
            counted.remove(RequestKind.GET);
        }
        return counted;
    }

    @Test
    void toS3ASmallObjectIsOneGetAndOnePut() {
        fillCloudStorage();
        ReplicationJob job = job("gs://dev-bucket", "s3://prod-bucket");

        runAsForetold(job);

        assertThat(gcs.log().count(GcsOperation.MEDIA)).isEqualTo(MANY);
        assertThat(gcs.log().count()).as("and one listing").isEqualTo(MANY + 1);
        assertThat(s3.log().count(S3Operation.PUT_OBJECT)).isEqualTo(MANY);
        assertThat(s3.log().count()).as("and one listing").isEqualTo(MANY + 1);
        assertThat(s3.find("prod-bucket", "k/007").orElseThrow().attributes().headers())
                .containsEntry("Content-Type", "text/plain")
                .containsEntry("Cache-Control", "no-store");
        assertSecondRunWritesNothing(job);
    }

    @Test
    void toADirectoryASmallObjectIsOneGet() {
        fillCloudStorage();
        ReplicationJob job = job("gs://dev-bucket", tree.toString());

        runAsForetold(job);

        assertThat(gcs.log().count(GcsOperation.MEDIA)).isEqualTo(MANY);
        assertThat(gcs.log().count()).as("and one listing").isEqualTo(MANY + 1);
        assertThat(tree.resolve("k/039")).hasSize(139);
        assertSecondRunWritesNothing(job);
    }

    @Test
    void fromS3ASmallObjectIsOneGetAndOnePut() {
        fillS3();
        ReplicationJob job = job("s3://dev-bucket", "gs://prod-bucket");

        runAsForetold(job);

        assertThat(s3.log().count(S3Operation.GET_OBJECT)).isEqualTo(MANY);
        assertThat(s3.log().count()).as("and one listing").isEqualTo(MANY + 1);
        assertThat(gcs.log().count(GcsOperation.INSERT)).isEqualTo(MANY);
        assertThat(gcs.log().count()).as("and one listing").isEqualTo(MANY + 1);
        assertSecondRunWritesNothing(job);
    }

    @Test
    void fromADirectoryASmallObjectIsOnePut() {
        for (int i = 0; i < MANY; i++) {
            Path file = tree.resolve("k/%03d".formatted(i));
            Trees.write(file, new byte[100 + i]);
            assertThat(file.toFile().setLastModified(OLD.toEpochMilli())).isTrue();
        }
        ReplicationJob job = job(tree.toString(), "gs://prod-bucket");

        runAsForetold(job);

        assertThat(gcs.log().count(GcsOperation.INSERT)).isEqualTo(MANY);
        assertThat(gcs.log().count()).as("and one listing").isEqualTo(MANY + 1);
        assertSecondRunWritesNothing(job);
    }

    @Test
    void withinCloudStorageASmallObjectIsOneRewriteAndNoListingShowsMetadata() {
        fillCloudStorage();
        ReplicationJob job = job("gs://dev-bucket", "gs://prod-bucket");

        runAsForetold(job);

        assertThat(gcs.log().count(GcsOperation.REWRITE)).isEqualTo(MANY);
        assertThat(gcs.log().count()).as("and two listings").isEqualTo(MANY + 2);
        assertThat(gcs.log().requests(GcsOperation.LIST))
                .extracting(request -> request.call())
                .extracting(GcsCall::query)
                .noneMatch(query -> query.get("fields").contains("contentType"));
        assertSecondRunWritesNothing(job);
    }

    @Test
    void metadataChangedBetweenListingAndCopyAreTheNewOnes() {
        fillCloudStorage();
        gcs.faults()
                .on(GcsOperation.MEDIA)
                .key("k/005")
                .nth(1)
                .before(call -> gcs.patch("dev-bucket", "k/005", fields -> fields.withText("cacheControl", "private")));

        RunReport run = replicator.run(job("gs://dev-bucket", "s3://prod-bucket"), RunOptions.defaults());

        assertThat(run.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(s3.find("prod-bucket", "k/005").orElseThrow().attributes().headers())
                .containsEntry("Cache-Control", "private");
        assertThat(gcs.log().count(GcsOperation.GET)).as("heads").isEqualTo(1);
        assertThat(gcs.log().count(GcsOperation.MEDIA)).isEqualTo(MANY + 1);
    }

    @Test
    void anObjectThatOnlyItsOwnerCanReadIsSkippedByNameAndNoOther() {
        fillCloudStorage();
        gcs.put("dev-bucket", "k/000", new byte[10], DRESSED.withEncryption(Encryption.ofCustomer("c2hhMjU2")));

        for (String destination : new String[] {tree.toString(), "s3://prod-bucket", "gs://prod-bucket"}) {
            RunReport run = replicator.run(job("gs://dev-bucket", destination), RunOptions.defaults());

            assertThat(run.outcome()).as(destination).isEqualTo(Outcome.PARTIAL);
            assertThat(run.counts().copied()).isEqualTo(MANY - 1);
            assertThat(run.counts().skipped()).isEqualTo(1);
            assertThat(run.counts().failed()).isZero();
        }
        assertThat(tree.resolve("k/000")).doesNotExist();
    }

    @Test
    void whatOtherStoresCanNotHoldIsCounted() {
        gcs.put(
                "dev-bucket",
                "a",
                new byte[10],
                DRESSED.withStorageClass("NEARLINE")
                        .withCustomTime(OLD)
                        .withHolds(true, false)
                        .withEncryption(Encryption.ofKms("projects/p/cryptoKeys/k")));

        RunReport run = replicator.run(job("gs://dev-bucket", "s3://prod-bucket"), RunOptions.defaults());

        assertThat(run.fidelity())
                .isEqualTo(Map.of(
                        Kind.STORAGE_CLASS, 1L,
                        Kind.CUSTOM_TIME, 1L,
                        Kind.HOLD, 1L,
                        Kind.ENCRYPTION_KEY, 1L,
                        Kind.KEY_RENAMED, 1L));
    }

    @Test
    void whatCloudStorageCanNotHoldIsCountedAndAnExpiresHeaderComesBack() {
        String expires = "Thu, 01 Dec 2033 16:00:00 GMT";
        s3.put(
                "dev-bucket",
                "a",
                new byte[10],
                Attributes.DEFAULT
                        .withHeaders(Map.of("Content-Type", "text/plain", "Expires", expires))
                        .withTags(Map.of("team", "media")));

        RunReport there = replicator.run(job("s3://dev-bucket", "gs://prod-bucket"), RunOptions.defaults());
        RunReport back = replicator.run(job("gs://prod-bucket", "s3://prod-bucket"), RunOptions.defaults());

        assertThat(there.fidelity()).isEqualTo(Map.of(Kind.TAGS, 1L, Kind.KEY_RENAMED, 1L));
        assertThat(back.fidelity()).isEmpty();
        assertThat(s3.find("prod-bucket", "a").orElseThrow().attributes().headers())
                .containsEntry("Expires", expires);
    }

    @Test
    void metadataThatWentAnotherWayAreRepairedInPlaceByOneRequestEach() throws IOException {
        assumeThat(Files.getFileStore(tree).supportsFileAttributeView(UserDefinedFileAttributeView.class))
                .as("extended attributes")
                .isTrue();
        fillCloudStorage();
        replicator.run(job("gs://dev-bucket", tree.toString()), RunOptions.defaults());
        ReplicationJob back = job(tree.toString(), "gs://prod-bucket");
        replicator.run(back, RunOptions.defaults());
        ReplicationJob comparing = back.withMetadata(back.metadata().withCompare(true));
        gcs.patch(
                "prod-bucket",
                "k/003",
                fields -> fields.withMetadata(Map.of("by", "another")).withCustomTime(OLD));
        long generation = gcs.find("prod-bucket", "k/003").orElseThrow().generation();

        RunReport plan = replicator.plan(comparing, PlanSink.NONE, RunOptions.defaults());
        gcs.log().reset();
        RunReport run = replicator.run(comparing, RunOptions.defaults());

        assertThat(run.counts().metadataUpdated()).isEqualTo(1);
        assertThat(gcs.log().mutations()).hasSize(1);
        assertThat(gcs.log().count(GcsOperation.PATCH)).isEqualTo(1);
        assertThat(foretold(plan).get(RequestKind.PUT)).isEqualTo(run.requests().get(RequestKind.PUT));
        var repaired = gcs.find("prod-bucket", "k/003").orElseThrow();
        assertThat(repaired.generation()).isEqualTo(generation);
        assertThat(repaired.fields().metadata()).containsKey("custom:aclPolicy").doesNotContainKey("by");
        assertThat(repaired.fields().customTime()).contains(OLD);
        assertSecondRunWritesNothing(comparing);
    }

    @Test
    void comparingMetadataAsksOnlyWhereTheListingDoesNotShowIt() {
        fillCloudStorage();
        ReplicationJob within = job("gs://dev-bucket", "gs://prod-bucket");
        ReplicationJob across = job("gs://dev-bucket", "s3://prod-bucket");
        replicator.run(within, RunOptions.defaults());
        replicator.run(across, RunOptions.defaults());
        gcs.patch("prod-bucket", "k/003", fields -> fields.withMetadata(Map.of("by", "another")));

        RunReport repaired = comparedAsForetold(within);

        assertThat(repaired.counts().metadataUpdated()).isEqualTo(1);
        assertThat(gcs.log().count(GcsOperation.GET)).isZero();
        assertThat(gcs.log().count(GcsOperation.PATCH)).isEqualTo(1);
        assertThat(gcs.log().count()).as("and two listings").isEqualTo(3);
        assertThat(gcs.find("prod-bucket", "k/003").orElseThrow().fields().metadata())
                .containsOnlyKeys("custom:aclPolicy");

        RunReport equal = comparedAsForetold(across);

        assertThat(equal.outcome()).isEqualTo(Outcome.NOTHING_TO_DO);
        assertThat(gcs.log().count()).as("one listing").isEqualTo(1);
        assertThat(s3.log().count(S3Operation.HEAD_OBJECT)).isEqualTo(MANY);
        assertThat(s3.log().count()).as("and one listing").isEqualTo(MANY + 1);
    }

    private RunReport comparedAsForetold(ReplicationJob job) {
        ReplicationJob comparing = job.withMetadata(job.metadata().withCompare(true));
        RunReport plan = replicator.plan(comparing, PlanSink.NONE, RunOptions.defaults());
        s3.log().reset();
        gcs.log().reset();

        RunReport run = replicator.run(comparing, RunOptions.defaults());

        assertThat(foretold(plan))
                .isEqualTo(counted(run.requests(), plan.estimate().orElseThrow()));
        return run;
    }
}

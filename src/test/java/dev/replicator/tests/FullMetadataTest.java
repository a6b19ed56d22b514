package dev.replicator.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.Replicator;
import dev.replicator.RunOptions;
import dev.replicator.job.MetadataPolicy;
import dev.replicator.job.ReplicationJob;
import dev.replicator.report.Outcome;
import dev.replicator.report.RunReport;
import dev.replicator.store.Capability;
import dev.replicator.store.MetadataLoss.Kind;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.StoreSettings;
import dev.replicator.store.Stores;
import dev.replicator.store.TransferSizes;
import dev.replicator.testkit.gcs.FakeGcs;
import dev.replicator.testkit.gcs.model.GcsOperation;
import dev.replicator.testkit.gcs.store.ObjectFields;
import dev.replicator.testkit.s3.FakeS3;
import dev.replicator.testkit.s3.FakeS3Options;
import dev.replicator.testkit.s3.model.S3Operation;
import dev.replicator.testkit.wire.WireFault;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Objects whose own metadata fills what a destination holds of it, or nearly: Replicator's entries make way. */
@Timeout(120)
class FullMetadataTest {
    private static final int MIB = 1 << 20;
    /** Of names and values together. */
    private static final int GOOGLES_LIMIT = 8_192;

    private static final int AMAZONS_LIMIT = 2_048;
    private static final String NAME = "m";

    private final FakeS3 amazon = FakeS3.start(FakeS3Options.strict().withSmallestPart(1));
    private final FakeGcs google = FakeGcs.start();
    private final Replicator replicator = Replicator.create(
            Stores.onClassPath(),
            Clock.systemUTC(),
            Map.of("STORAGE_EMULATOR_HOST", google.endpoint().toString(), "AWS_REGION", "us-east-1"));

    @BeforeAll
    static void credentials() {
        TwoSides.useCredentials();
    }

    @BeforeEach
    void buckets() {
        for (String bucket : new String[] {"dev", "prod"}) {
            amazon.createBucket(bucket);
            google.createBucket(bucket);
        }
    }

    @AfterEach
    void close() {
        amazon.close();
        google.close();
    }

    private ReplicationJob job(String source, String destination) {
        TransferSizes sizes = new TransferSizes(MIB, MIB, MIB);
        return ReplicationJob.of(at(source).withSizes(sizes), at(destination).withSizes(sizes))
                .withRetry(TwoSides.quick());
    }

    private StoreSettings at(String uri) {
        return uri.startsWith("s3:")
                ? TwoSides.at(uri)
                        .withEndpoint(amazon.endpoint().toString())
                        .withCapabilities(EnumSet.complementOf(EnumSet.of(Capability.KEEPS_MODIFIED)))
                : TwoSides.at(uri);
    }

    private RunReport run(ReplicationJob job) {
        return replicator.run(job, RunOptions.defaults());
    }

    private static Map<String, String> filling(int bytes) {
        return Map.of(NAME, "x".repeat(bytes - NAME.length()));
    }

    private void assertCarriedForGood(ReplicationJob job) {
        RunReport report = run(job);

        assertThat(report.failures()).isEmpty();
        assertThat(report.outcome()).as(report.toString()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(run(job).outcome()).isEqualTo(Outcome.NOTHING_TO_DO);
    }

    /** From where the product's own entries no longer fit to where nothing more does; a small and a large object each. */
    @ParameterizedTest
    @ValueSource(ints = {AMAZONS_LIMIT - 140, AMAZONS_LIMIT - 58, AMAZONS_LIMIT - 1, AMAZONS_LIMIT})
    void aBucketOfS3TakesThemWhole(int bytes) {
        google.put("dev", "small", new byte[10], ObjectFields.NONE.withMetadata(filling(bytes)));
        google.put("dev", "large", new byte[3 * MIB], ObjectFields.NONE.withMetadata(filling(bytes)));

        assertCarriedForGood(job("gs://dev", "s3://prod"));

        for (String key : new String[] {"small", "large"}) {
            assertThat(amazon.find("prod", key).orElseThrow().attributes().metadata())
                    .containsAllEntriesOf(filling(bytes));
        }
    }

    @Test
    void aBucketOfS3LeavesBehindWhatIsOneByteTooMuch() {
        google.put("dev", "small", new byte[10], ObjectFields.NONE.withMetadata(filling(AMAZONS_LIMIT + 1)));

        RunReport report = run(job("gs://dev", "s3://prod"));

        assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(report.fidelity()).isEqualTo(Map.of(Kind.TOO_LARGE, 1L));
    }

    /** S3 holds no more than 2 KiB, so the metadata comes from a bucket of Google's without the other's help. */
    @ParameterizedTest
    @ValueSource(ints = {GOOGLES_LIMIT - 140, GOOGLES_LIMIT - 58, GOOGLES_LIMIT - 1, GOOGLES_LIMIT})
    void aBucketOfCloudStorageTakesThemWhole(int bytes) {
        google.put("dev", "small", new byte[10], ObjectFields.NONE.withMetadata(filling(bytes)));
        google.put("dev", "large", new byte[3 * MIB], ObjectFields.NONE.withMetadata(filling(bytes)));
        ReplicationJob job = job("gs://dev", "gs://prod");

        assertCarriedForGood(streamed(job));

        for (String key : new String[] {"small", "large"}) {
            assertThat(google.find("prod", key).orElseThrow().fields().metadata())
                    .containsAllEntriesOf(filling(bytes));
        }
    }

    /** One that the job adds to every object, so none goes by the store itself. */
    private static ReplicationJob streamed(ReplicationJob job) {
        return job.withMetadata(new MetadataPolicy(true, true, Map.of("cache-control", "no-cache")));
    }

    /** Every length on the way to the limit: what of our entries fits is there, and nothing fails. */
    @Test
    void ofOurOwnEntriesThoseGoThatFit() {
        IntStream.rangeClosed(AMAZONS_LIMIT - 200, AMAZONS_LIMIT)
                .forEach(bytes ->
                        google.put("dev", "k" + bytes, new byte[1], ObjectFields.NONE.withMetadata(filling(bytes))));

        assertCarriedForGood(job("gs://dev", "s3://prod"));

        Map<String, String> roomy = amazon.find("prod", "k" + (AMAZONS_LIMIT - 200))
                .orElseThrow()
                .attributes()
                .metadata();
        Map<String, String> tight = amazon.find("prod", "k" + (AMAZONS_LIMIT - 100))
                .orElseThrow()
                .attributes()
                .metadata();
        assertThat(roomy).containsKeys(ObjectMetadata.OPERATION, ObjectMetadata.MTIME);
        assertThat(tight).containsKey(ObjectMetadata.OPERATION).doesNotContainKey(ObjectMetadata.MTIME);
        assertThat(amazon.find("prod", "k" + AMAZONS_LIMIT)
                        .orElseThrow()
                        .attributes()
                        .metadata())
                .containsOnlyKeys(NAME);
    }

    /** Nothing in such an object tells whose it is: it is called changed by another, left alone, and found equal later. */
    @Test
    void aLostAnswerIsSettledByTheNextRunWhereThereIsNoRoomForAnOperation() {
        google.put("dev", "small", new byte[10], ObjectFields.NONE.withMetadata(filling(AMAZONS_LIMIT)));
        amazon.faults().on(S3Operation.PUT_OBJECT).nth(1).inject(WireFault.dropAfterCommit());
        ReplicationJob job = job("gs://dev", "s3://prod");

        RunReport first = run(job);

        assertThat(first.counts().stale()).as(first.toString()).isEqualTo(1);
        assertThat(amazon.get("prod", "small")).contains(new byte[10]);
        amazon.log().reset();
        assertThat(run(job).outcome()).isEqualTo(Outcome.NOTHING_TO_DO);
        assertThat(amazon.log().mutations()).isEmpty();
        assertThat(google.log().count(GcsOperation.INSERT)).isZero();
    }
}

package dev.replicator.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.RunOptions;
import dev.replicator.execute.ActionResult.FailureCause;
import dev.replicator.job.MetadataPolicy;
import dev.replicator.job.ReplicationJob;
import dev.replicator.report.RunReport;
import dev.replicator.store.TransferSizes;
import dev.replicator.testkit.s3.FakeS3;
import dev.replicator.testkit.s3.FakeS3Options;
import dev.replicator.testkit.s3.fault.Fault;
import dev.replicator.testkit.s3.model.S3Operation;
import dev.replicator.testkit.s3.store.StoredObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A bit that flips on the wire or in the service, in any part: the object is not written. */
@Timeout(120)
class FlippedBitTest {
    private static final long MIB = 1 << 20;
    private static final TransferSizes PARTS = new TransferSizes(TransferSizes.MAX_COPY, 6 * MIB, 5 * MIB);

    @BeforeAll
    static void credentials() {
        TwoSides.useCredentials();
    }

    private static byte[] content() {
        byte[] bytes = new byte[(int) (17 * MIB)];
        new Random(3).nextBytes(bytes);
        return bytes;
    }

    /** Streams, though one server could copy: metadata is changed on the way. */
    private static ReplicationJob streamed() {
        return ReplicationJob.of(
                        TwoSides.at("s3://dev").withSizes(PARTS),
                        TwoSides.at("s3://prod").withSizes(PARTS))
                .withRetry(TwoSides.quick())
                .withMetadata(new MetadataPolicy(true, true, Map.of("x-origin", "dev")));
    }

    @Test
    void inOneOfManyPartsOfAStreamedObject() {
        try (FakeS3 server = FakeS3.start(FakeS3Options.strict())) {
            server.createBucket("dev");
            server.createBucket("prod");
            server.put("dev", "large", content());
            server.faults()
                    .on(S3Operation.GET_OBJECT)
                    .when(call -> call.headers().getOrDefault("range", "").startsWith("bytes=10485760"))
                    .inject(new Fault.FlipBit(1_000));

            RunReport report = TwoSides.replicator(server).run(streamed(), RunOptions.defaults());

            assertFailed(report, FailureCause.CORRUPT);
            assertThat(server.keys("prod")).isEmpty();
            assertThat(server.unfinishedUploads("prod")).isEmpty();
        }
    }

    private static StoredObject withoutChecksum(StoredObject put) {
        return new StoredObject(
                put.key(),
                put.versionId(),
                put.lastModified(),
                put.content(),
                put.etag(),
                Optional.empty(),
                put.parts(),
                put.attributes());
    }

    /** A digest of the whole that none of parts makes: the parts are read, and checked, one behind the other. */
    @Test
    void inOneOfManyPartsOfAnObjectThatHasAnMd5Only() {
        try (FakeS3 server = FakeS3.start(FakeS3Options.strict())) {
            server.createBucket("dev");
            server.createBucket("prod");
            for (String key : List.of("large", "right")) {
                StoredObject put = server.put("dev", key, content());
                server.bucket("dev").amend(put, FlippedBitTest::withoutChecksum);
            }
            server.faults()
                    .on(S3Operation.GET_OBJECT)
                    .when(call -> call.key().equals("large")
                            && call.headers().getOrDefault("range", "").startsWith("bytes=5242880"))
                    .inject(new Fault.FlipBit(1_000));

            RunReport report = TwoSides.replicator(server).run(streamed(), RunOptions.defaults());

            assertThat(report.failures()).singleElement().satisfies(failure -> {
                assertThat(failure.key()).isEqualTo("large");
                assertThat(failure.cause()).isEqualTo(FailureCause.CORRUPT);
            });
            assertThat(server.keys("prod")).containsExactly("right");
            assertThat(server.get("prod", "right")).contains(content());
            assertThat(server.unfinishedUploads("prod")).isEmpty();
        }
    }

    @Test
    void partsThatAreRightMakeTheObject() {
        try (FakeS3 server = FakeS3.start(FakeS3Options.strict())) {
            server.createBucket("dev");
            server.createBucket("prod");
            server.put("dev", "large", content());

            RunReport report = TwoSides.replicator(server).run(streamed(), RunOptions.defaults());

            assertThat(report.counts().copied()).isEqualTo(1);
            assertThat(server.get("prod", "large")).contains(content());
        }
    }

    /** The native client compares first, and takes what differs for trouble on the way. */
    @Test
    void onTheWayIntoADirectory(@TempDir Path directory) {
        try (FakeS3 server = FakeS3.start(FakeS3Options.strict())) {
            server.createBucket("dev");
            server.put("dev", "large", content());
            server.faults().on(S3Operation.GET_OBJECT).inject(new Fault.FlipBit(1_000));
            ReplicationJob job = ReplicationJob.of(
                            TwoSides.at("s3://dev").withSizes(PARTS), TwoSides.at(directory.toString()))
                    .withRetry(TwoSides.quick());

            RunReport report = TwoSides.replicator(server).run(job, RunOptions.defaults());

            assertFailed(report, FailureCause.CORRUPT, FailureCause.NETWORK);
            assertThat(Trees.digests(directory)).isEmpty();
        }
    }

    private static void assertFailed(RunReport report, FailureCause... causes) {
        assertThat(report.counts().copied()).isZero();
        assertThat(report.failures())
                .singleElement()
                .satisfies(failure ->
                        assertThat(failure.cause()).as(failure.message()).isIn((Object[]) causes));
    }
}

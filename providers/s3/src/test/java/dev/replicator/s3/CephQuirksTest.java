package dev.replicator.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.replicator.store.ByteArrayBody;
import dev.replicator.store.CorruptObjectException;
import dev.replicator.store.ObjectBody;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.Precondition;
import dev.replicator.store.RequestMeter;
import dev.replicator.store.RetrySettings;
import dev.replicator.store.StoreContext;
import dev.replicator.store.StoreSettings;
import dev.replicator.store.StoreSettings.Checksums;
import dev.replicator.store.StoreUri;
import dev.replicator.store.TransferSizes;
import dev.replicator.store.WriteOptions;
import dev.replicator.testkit.s3.FakeS3;
import dev.replicator.testkit.s3.FakeS3Options;
import dev.replicator.testkit.s3.fault.Fault;
import dev.replicator.testkit.s3.model.ErrorCode;
import dev.replicator.testkit.s3.model.S3Operation;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What Ceph's object gateway does differently, met on a real one (16.2). */
class CephQuirksTest {
    private static final int MIB = 1 << 20;

    private final FakeS3 server = FakeS3.start(FakeS3Options.strict().withSmallestPart(MIB));
    private final ObjectStore store = open();

    private ObjectStore open() {
        server.createBucket("bucket");
        return open(UnaryOperator.identity());
    }

    private ObjectStore open(UnaryOperator<StoreSettings> settings) {
        Map<String, String> environment = Map.of(
                "AWS_ENDPOINT_URL",
                server.endpoint().toString(),
                "AWS_ACCESS_KEY_ID",
                FakeS3Options.CREDENTIALS.accessKey(),
                "AWS_SECRET_ACCESS_KEY",
                FakeS3Options.CREDENTIALS.secretKey());
        return new S3StoreProvider()
                .open(
                        settings.apply(StoreSettings.of(StoreUri.parse("s3://bucket", Path.of("/")))
                                .withSizes(new TransferSizes(TransferSizes.MAX_COPY, 2 * MIB, MIB))),
                        new StoreContext(new RequestMeter(), Clock.systemUTC(), environment, RetrySettings.DEFAULT));
    }

    @AfterEach
    void close() {
        store.close();
        server.close();
    }

    @Test
    void anEmptyObjectIsSentWithoutFraming() {
        store.write(ObjectKey.of("empty"), ByteArrayBody.of(new byte[0]), WriteOptions.of(Precondition.none()));

        assertThat(server.log().requests(S3Operation.PUT_OBJECT)).hasSize(1);
        assertThat(server.log().requests(S3Operation.PUT_OBJECT).get(0).call().headers())
                .doesNotContainEntry("content-encoding", "aws-chunked");
        assertThat(server.get("bucket", "empty")).contains(new byte[0]);
    }

    @Test
    void aCompletionThatNamesNoETagIsLookedUp() {
        server.faults()
                .on(S3Operation.COMPLETE_MULTIPART_UPLOAD)
                .inject(Fault.body("<CompleteMultipartUploadResult><Bucket>bucket</Bucket><Key>large</Key><ETag></ETag>"
                        + "</CompleteMultipartUploadResult>"));

        ObjectMeta written = store.write(
                ObjectKey.of("large"), ByteArrayBody.of(new byte[3 * MIB]), WriteOptions.of(Precondition.none()));

        assertThat(written.version().token())
                .isEqualTo(server.find("bucket", "large").orElseThrow().etag());
    }

    /** Without the client's checksums nothing else would find bytes that changed on the way; the price is a second read. */
    @Test
    void overPlainHttpTheContentIsSignedWhereThereAreNoChecksums() {
        AtomicInteger opened = new AtomicInteger();
        ByteArrayBody bytes = ByteArrayBody.of(new byte[] {1, 2, 3});
        ObjectBody counted = new ObjectBody() {
            @Override
            public long size() {
                return bytes.size();
            }

            @Override
            public ObjectMetadata metadata() {
                return bytes.metadata();
            }

            @Override
            public InputStream open() {
                opened.incrementAndGet();
                return bytes.open();
            }

            @Override
            public InputStream open(long offset, long length) {
                return bytes.open(offset, length);
            }
        };

        try (ObjectStore old = open(settings -> settings.withChecksums(Checksums.WHEN_REQUIRED))) {
            old.write(ObjectKey.of("a"), counted, WriteOptions.of(Precondition.none()));
        }

        assertThat(server.log().requests(S3Operation.PUT_OBJECT))
                .singleElement()
                .satisfies(put -> assertThat(put.call().headers().get("x-amz-content-sha256"))
                        .matches("[0-9a-f]{64}"));
        assertThat(opened).hasValue(2);
    }

    @Test
    void aServerThatChokesOnTrailersIsTellable() {
        server.faults().on(S3Operation.PUT_OBJECT).inject(Fault.error(ErrorCode.CONTENT_SHA256_MISMATCH));

        assertThatThrownBy(() -> store.write(
                        ObjectKey.of("a"), ByteArrayBody.of(new byte[1]), WriteOptions.of(Precondition.none())))
                .isInstanceOf(CorruptObjectException.class)
                .hasMessageContaining("when-required");
    }
}

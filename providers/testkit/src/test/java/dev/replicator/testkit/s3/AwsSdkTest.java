package dev.replicator.testkit.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.replicator.testkit.s3.fault.Fault;
import dev.replicator.testkit.s3.model.S3Operation;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.Delete;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.services.s3.model.Tagging;
import software.amazon.awssdk.transfer.s3.S3TransferManager;

/** What the AWS SDK makes of the fake, with its default checksums and signed, trailing, chunked bodies. */
@Timeout(60)
class AwsSdkTest {
    private static final StaticCredentialsProvider CREDENTIALS = StaticCredentialsProvider.create(
            AwsBasicCredentials.create(FakeS3Options.CREDENTIALS.accessKey(), FakeS3Options.CREDENTIALS.secretKey()));

    private final FakeS3 fake = FakeS3.start();
    private final S3Client s3 = S3Client.builder()
            .endpointOverride(fake.endpoint())
            .region(Region.US_EAST_1)
            .forcePathStyle(true)
            .credentialsProvider(CREDENTIALS)
            .httpClientBuilder(Apache5HttpClient.builder())
            .build();

    @BeforeEach
    void bucket() {
        s3.createBucket(request -> request.bucket("bucket"));
    }

    @AfterEach
    void close() {
        s3.close();
        fake.close();
    }

    @Test
    void putsGetsAndHeadsWithDefaultChecksums() {
        byte[] body = random(300_000);
        s3.putObject(
                request -> request.bucket("bucket")
                        .key("a b/\u00e9+")
                        .metadata(Map.of("k", "v"))
                        .tagging("t=1"),
                RequestBody.fromBytes(body));

        assertThat(s3.getObjectAsBytes(request -> request.bucket("bucket").key("a b/\u00e9+"))
                        .asByteArray())
                .isEqualTo(body);
        HeadObjectResponse head = s3.headObject(
                request -> request.bucket("bucket").key("a b/\u00e9+").checksumMode(ChecksumMode.ENABLED));
        assertThat(head.metadata()).containsEntry("k", "v");
        assertThat(head.checksumCRC32()).isNotNull();
        assertThat(head.contentLength()).isEqualTo(300_000);
    }

    @ParameterizedTest
    @EnumSource(names = {"CRC32", "CRC32_C", "CRC64_NVME", "SHA1", "SHA256"})
    void sendsEveryChecksum(ChecksumAlgorithm algorithm) {
        byte[] body = random(100_000);
        s3.putObject(
                request -> request.bucket("bucket").key("a").checksumAlgorithm(algorithm), RequestBody.fromBytes(body));

        assertThat(s3.getObjectAsBytes(request -> request.bucket("bucket").key("a"))
                        .asByteArray())
                .isEqualTo(body);
        assertThat(fake.find("bucket", "a")
                        .orElseThrow()
                        .checksum()
                        .orElseThrow()
                        .algorithm())
                .hasToString(algorithm.toString());
    }

    @Test
    void listsPagesOfAnyKeys() {
        List<String> keys = new ArrayList<>(List.of("\u0001", "..", "a", "a//b", "\uffee", "\ud83d\ude00"));
        keys.forEach(key -> fake.put("bucket", key, new byte[0]));

        List<String> listed = s3
                .listObjectsV2Paginator(
                        request -> request.bucket("bucket").maxKeys(2).encodingType(EncodingType.URL))
                .contents()
                .stream()
                .map(S3Object::key)
                .toList();

        assertThat(listed).containsExactlyElementsOf(keys);
        assertThatThrownBy(() -> s3.listObjectsV2(request -> request.bucket("bucket")))
                .isInstanceOf(SdkClientException.class)
                .hasMessageContaining("Could not parse XML");
    }

    @Test
    void copiesConditionally() {
        String etag = fake.put("bucket", "a+b c", random(10)).etag();

        s3.copyObject(request -> request.sourceBucket("bucket")
                .sourceKey("a+b c")
                .copySourceIfMatch(etag)
                .destinationBucket("bucket")
                .destinationKey("copy")
                .ifNoneMatch("*"));

        assertThat(fake.find("bucket", "copy").orElseThrow().etag()).isEqualTo(etag);
        assertThatThrownBy(() -> s3.copyObject(request -> request.sourceBucket("bucket")
                        .sourceKey("a+b c")
                        .destinationBucket("bucket")
                        .destinationKey("copy")
                        .ifNoneMatch("*")))
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(412));
    }

    @Test
    void deletesTagsAndMissesAsAtS3() {
        fake.put("bucket", "a", new byte[0]);
        s3.putObjectTagging(request -> request.bucket("bucket")
                .key("a")
                .tagging(Tagging.builder()
                        .tagSet(Tag.builder().key("k").value("v").build())
                        .build()));
        assertThat(s3.getObjectTagging(request -> request.bucket("bucket").key("a"))
                        .tagSet())
                .extracting(Tag::key)
                .containsExactly("k");

        s3.deleteObjects(request -> request.bucket("bucket")
                .delete(Delete.builder()
                        .objects(ObjectIdentifier.builder().key("a").build())
                        .build()));

        assertThatThrownBy(
                        () -> s3.headObject(request -> request.bucket("bucket").key("a")))
                .isInstanceOf(NoSuchKeyException.class);
    }

    @Test
    void uploadsAndCopiesInParts() {
        byte[] first = random(5 << 20);
        String upload = s3.createMultipartUpload(
                        request -> request.bucket("bucket").key("m"))
                .uploadId();
        CompletedPart one = CompletedPart.builder()
                .partNumber(1)
                .eTag(s3.uploadPart(
                                request -> request.bucket("bucket")
                                        .key("m")
                                        .uploadId(upload)
                                        .partNumber(1),
                                RequestBody.fromBytes(first))
                        .eTag())
                .build();
        fake.putSynthetic("bucket", "s", 1 << 20, 3);
        CompletedPart two = CompletedPart.builder()
                .partNumber(2)
                .eTag(s3.uploadPartCopy(request -> request.sourceBucket("bucket")
                                .sourceKey("s")
                                .destinationBucket("bucket")
                                .destinationKey("m")
                                .uploadId(upload)
                                .partNumber(2))
                        .copyPartResult()
                        .eTag())
                .build();

        s3.completeMultipartUpload(request -> request.bucket("bucket")
                .key("m")
                .uploadId(upload)
                .ifNoneMatch("*")
                .multipartUpload(parts -> parts.parts(one, two)));

        assertThat(s3.getObjectAsBytes(request -> request.bucket("bucket").key("m"))
                        .asByteArray())
                .hasSize(6 << 20)
                .startsWith(first);
    }

    @Test
    void retriesWhatIsScripted() {
        fake.put("bucket", "a", random(1000));
        fake.faults().on(S3Operation.GET_OBJECT).times(1).inject(Fault.slowDown());
        fake.faults().on(S3Operation.GET_OBJECT).times(1).inject(Fault.truncate(10));

        assertThat(s3.getObjectAsBytes(request -> request.bucket("bucket").key("a"))
                        .asByteArray())
                .hasSize(1000);
        assertThat(fake.log().count(S3Operation.GET_OBJECT)).isEqualTo(3);
    }

    @Test
    void transfersWithTheCrtClient() {
        byte[] body = random(20 << 20);
        try (S3AsyncClient crt = crt(fake.endpoint());
                S3TransferManager transfers =
                        S3TransferManager.builder().s3Client(crt).build()) {
            transfers
                    .upload(upload -> upload.requestBody(AsyncRequestBody.fromBytes(body))
                            .putObjectRequest(
                                    request -> request.bucket("bucket").key("a")))
                    .completionFuture()
                    .join();
            transfers
                    .copy(copy -> copy.copyObjectRequest(request -> request.sourceBucket("bucket")
                            .sourceKey("a")
                            .destinationBucket("bucket")
                            .destinationKey("b")))
                    .completionFuture()
                    .join();
            byte[] back = crt.getObject(
                            request -> request.bucket("bucket").key("b"), AsyncResponseTransformer.toBytes())
                    .join()
                    .asByteArray();

            assertThat(back).isEqualTo(body);
        }
        assertThat(fake.log().count(S3Operation.UPLOAD_PART)).isGreaterThan(1);
        assertThat(fake.unfinishedUploads("bucket")).isEmpty();
    }

    private static S3AsyncClient crt(URI endpoint) {
        return S3AsyncClient.crtBuilder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .credentialsProvider(CREDENTIALS)
                .minimumPartSizeInBytes(5L << 20)
                .build();
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }
}

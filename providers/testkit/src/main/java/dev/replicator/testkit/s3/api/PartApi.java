package dev.replicator.testkit.s3.api;

import dev.replicator.testkit.http.HttpResponse;
import dev.replicator.testkit.objects.Content;
import dev.replicator.testkit.s3.checksum.ChecksumAlgorithm;
import dev.replicator.testkit.s3.checksum.Digests;
import dev.replicator.testkit.s3.checksum.ObjectChecksum;
import dev.replicator.testkit.s3.model.ErrorCode;
import dev.replicator.testkit.s3.model.S3Refusal;
import dev.replicator.testkit.s3.model.Weakness;
import dev.replicator.testkit.s3.request.ByteRange;
import dev.replicator.testkit.s3.request.ChecksumHeaders;
import dev.replicator.testkit.s3.request.EncryptionHeaders;
import dev.replicator.testkit.s3.request.S3Request;
import dev.replicator.testkit.s3.request.ServiceSettings;
import dev.replicator.testkit.s3.store.Bucket;
import dev.replicator.testkit.s3.store.Buckets;
import dev.replicator.testkit.s3.store.ContentDigest;
import dev.replicator.testkit.s3.store.Draft;
import dev.replicator.testkit.s3.store.Encryption;
import dev.replicator.testkit.s3.store.MultipartUpload;
import dev.replicator.testkit.s3.xml.XmlWriter;
import java.util.Optional;

/** UploadPart and UploadPartCopy. */
final class PartApi {
    private static final int LAST_PART_NUMBER = 10_000;
    private static final long LARGEST_PART = 5L << 30;

    private final Buckets buckets;
    private final ServiceSettings settings;
    private final ChecksumHeaders checksums;

    PartApi(Buckets buckets, ServiceSettings settings) {
        this.buckets = buckets;
        this.settings = settings;
        this.checksums = new ChecksumHeaders(settings);
    }

    HttpResponse upload(S3Request request) {
        int number = number(request);
        Bucket bucket = buckets.get(request.bucket());
        MultipartUpload upload = bucket.upload(request.requiredQuery("uploadId"), request.key());
        EncryptionHeaders.checkKey(request, customerOnly(upload));
        Optional<ObjectChecksum> claimed = checksums.verified(request);
        refuseOtherAlgorithm(upload, claimed);
        MultipartUpload.Part part =
                part(bucket, upload, number, Content.of(request.body().bytes()), claimed);
        HttpResponse response = HttpResponse.of(200).with("ETag", "\"" + part.etag() + "\"");
        HttpResponse encrypted =
                EncryptionHeaders.answer(response, upload.attributes().encryption());
        return part.checksum()
                .map(checksum -> encrypted.with(checksum.algorithm().header(), checksum.value()))
                .orElse(encrypted);
    }

    HttpResponse copy(S3Request request) {
        int number = number(request);
        Bucket bucket = buckets.get(request.bucket());
        MultipartUpload upload = bucket.upload(request.requiredQuery("uploadId"), request.key());
        EncryptionHeaders.checkKey(request, customerOnly(upload));
        CopySource source = CopySource.of(request, buckets, settings);
        Content content = sliced(request, source.object().content());
        if (content.length() > LARGEST_PART) {
            throw S3Refusal.of(
                    ErrorCode.INVALID_REQUEST,
                    "The specified copy source is larger than the maximum allowable size for a copy source: "
                            + LARGEST_PART);
        }
        Optional<ObjectChecksum> checksum =
                upload.algorithm().flatMap(algorithm -> ContentDigest.full(content, algorithm));
        MultipartUpload.Part part = part(bucket, upload, number, content, checksum);
        XmlWriter xml = new XmlWriter()
                .root("CopyPartResult")
                .element("LastModified", part.lastModified())
                .etag(part.etag());
        checksum.ifPresent(present -> xml.element(present.algorithm().element(), present.value()));
        HttpResponse response =
                HttpResponse.xml(200, xml.close("CopyPartResult").toBytes());
        return EncryptionHeaders.answer(response, upload.attributes().encryption());
    }

    private static Content sliced(S3Request request, Content content) {
        Optional<String> range = request.header("x-amz-copy-source-range");
        if (range.isEmpty()) {
            return content;
        }
        ByteRange bytes = ByteRange.ofCopySource(range.get(), content.length());
        return content.slice(bytes.first(), bytes.count());
    }

    private MultipartUpload.Part part(
            Bucket bucket, MultipartUpload upload, int number, Content content, Optional<ObjectChecksum> claimed) {
        byte[] md5 = ContentDigest.md5(content);
        String etag = settings.has(Weakness.FOREIGN_ETAGS) || settings.has(Weakness.FOREIGN_PART_ETAGS)
                ? Draft.foreignTag()
                : Draft.etag(md5, upload.attributes().encryption());
        MultipartUpload.Part part =
                new MultipartUpload.Part(number, content, etag, Digests.hex(md5), claimed, bucket.now());
        upload.put(part);
        bucket.upload(upload.id(), upload.key());
        return part;
    }

    private void refuseOtherAlgorithm(MultipartUpload upload, Optional<ObjectChecksum> claimed) {
        Optional<ChecksumAlgorithm> actual = claimed.map(ObjectChecksum::algorithm);
        boolean fits = upload.algorithm().isEmpty() || upload.algorithm().equals(actual);
        if (!fits && !settings.weaknesses().contains(Weakness.CHECKSUMS_IGNORED)) {
            throw S3Refusal.of(
                    ErrorCode.INVALID_REQUEST,
                    "Checksum Type mismatch occurred, expected checksum Type: "
                            + upload.algorithm().map(Enum::name).orElse("null") + ", actual checksum Type: "
                            + actual.map(Enum::name).orElse("null"));
        }
    }

    /** Parts must bring a customer's key where the upload did; other encryption was settled when it began. */
    private static Encryption customerOnly(MultipartUpload upload) {
        Encryption encryption = upload.attributes().encryption();
        return encryption.kind() == Encryption.Kind.CUSTOMER ? encryption : Encryption.S3;
    }

    private static int number(S3Request request) {
        String text = request.requiredQuery("partNumber");
        int number = text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : 0;
        if (number < 1 || number > LAST_PART_NUMBER) {
            throw S3Refusal.of(
                            ErrorCode.INVALID_ARGUMENT, "Part number must be an integer between 1 and 10000, inclusive")
                    .with("ArgumentName", "partNumber")
                    .with("ArgumentValue", text);
        }
        return number;
    }
}

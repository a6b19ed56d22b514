package dev.replicator.testkit.s3.api;

import dev.replicator.testkit.http.HttpResponse;
import dev.replicator.testkit.s3.checksum.ChecksumAlgorithm;
import dev.replicator.testkit.s3.checksum.ObjectChecksum;
import dev.replicator.testkit.s3.model.ErrorCode;
import dev.replicator.testkit.s3.model.S3Refusal;
import dev.replicator.testkit.s3.request.AttributeHeaders;
import dev.replicator.testkit.s3.request.Conditions;
import dev.replicator.testkit.s3.request.S3Request;
import dev.replicator.testkit.s3.request.ServiceSettings;
import dev.replicator.testkit.s3.store.Attributes;
import dev.replicator.testkit.s3.store.Bucket;
import dev.replicator.testkit.s3.store.Buckets;
import dev.replicator.testkit.s3.store.ContentDigest;
import dev.replicator.testkit.s3.store.Draft;
import dev.replicator.testkit.s3.store.StoredObject;
import dev.replicator.testkit.s3.store.WriteCondition;
import dev.replicator.testkit.s3.xml.XmlWriter;
import java.util.List;
import java.util.Optional;

/** CopyObject. */
final class CopyApi {
    private static final long LARGEST_SOURCE = 5L << 30;

    private final Buckets buckets;
    private final ServiceSettings settings;
    private final Conditions conditions;
    private final AttributeHeaders headers;

    CopyApi(Buckets buckets, ServiceSettings settings) {
        this.buckets = buckets;
        this.settings = settings;
        this.conditions = new Conditions(settings);
        this.headers = new AttributeHeaders(settings);
    }

    HttpResponse copy(S3Request request) {
        Bucket bucket = buckets.get(request.bucket());
        WriteCondition condition = conditions.ofCopy(request);
        CopySource source = CopySource.of(request, buckets, settings);
        if (source.object().size() > LARGEST_SOURCE) {
            throw S3Refusal.of(
                    ErrorCode.INVALID_REQUEST,
                    "The specified copy source is larger than the maximum allowable size for a copy source: "
                            + LARGEST_SOURCE);
        }
        boolean replace = replaces(request, "x-amz-metadata-directive");
        refuseVainCopy(request, source, replace);
        Attributes attributes = attributes(request, bucket, source.object(), replace);
        StoredObject copied = bucket.write(draft(request, source.object(), attributes), condition);
        XmlWriter xml = new XmlWriter()
                .root("CopyObjectResult")
                .element("LastModified", copied.lastModified())
                .etag(copied.etag());
        ObjectAnswers.checksum(xml, copied.checksum());
        HttpResponse response =
                HttpResponse.xml(200, xml.close("CopyObjectResult").toBytes());
        HttpResponse versioned = ObjectAnswers.written(response, bucket, copied);
        return source.object().versionId().equals("null")
                ? versioned
                : versioned.with("x-amz-copy-source-version-id", source.object().versionId());
    }

    private Attributes attributes(S3Request request, Bucket bucket, StoredObject source, boolean replace) {
        Attributes asked = headers.read(request, bucket);
        Attributes described = replace
                ? asked
                : asked.withHeaders(source.attributes().headers())
                        .withMetadata(source.attributes().metadata());
        return replaces(request, "x-amz-tagging-directive")
                ? described
                : described.withTags(source.attributes().tags());
    }

    private static Draft draft(S3Request request, StoredObject source, Attributes attributes) {
        Optional<ObjectChecksum> checksum = checksum(request, source);
        boolean sameTag = source.parts().isEmpty()
                && source.attributes().encryption().etagIsMd5()
                && attributes.encryption().etagIsMd5();
        if (!sameTag) {
            return Draft.of(request.key(), source.content(), attributes, checksum);
        }
        return new Draft(
                request.key(), source.content(), source.etag(), checksum, List.of(), attributes, Optional.empty());
    }

    /** The checksum asked for, else one of the source's algorithm; a copy is one part, so it covers all bytes. */
    private static Optional<ObjectChecksum> checksum(S3Request request, StoredObject source) {
        Optional<ChecksumAlgorithm> asked = request.header("x-amz-checksum-algorithm")
                .map(name -> ChecksumAlgorithm.named(name)
                        .orElseThrow(() -> S3Refusal.of(
                                ErrorCode.INVALID_REQUEST,
                                "Checksum algorithm provided is unsupported. Please try again with any of the valid"
                                        + " types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]")));
        Optional<ChecksumAlgorithm> wanted = asked.or(() -> source.checksum().map(ObjectChecksum::algorithm));
        Optional<ObjectChecksum> reusable = source.checksum()
                .filter(checksum -> checksum.type() == ObjectChecksum.Type.FULL_OBJECT
                        && wanted.equals(Optional.of(checksum.algorithm())));
        return reusable.or(() -> wanted.flatMap(algorithm -> ContentDigest.full(source.content(), algorithm)));
    }

    private static void refuseVainCopy(S3Request request, CopySource source, boolean replace) {
        boolean onto = source.bucket().name().equals(request.bucket())
                && source.object().key().equals(request.key())
                && !source.versionNamed();
        boolean changing = replace
                || request.header("x-amz-storage-class").isPresent()
                || request.header("x-amz-server-side-encryption").isPresent()
                || request.header("x-amz-server-side-encryption-customer-algorithm")
                        .isPresent()
                || request.header("x-amz-website-redirect-location").isPresent();
        if (onto && !changing) {
            throw S3Refusal.of(
                    ErrorCode.INVALID_REQUEST,
                    "This copy request is illegal because it is trying to copy an object to itself without changing the"
                            + " object's metadata, storage class, website redirect location or encryption attributes.");
        }
    }

    private static boolean replaces(S3Request request, String header) {
        String directive = request.header(header).orElse("COPY");
        return switch (directive) {
            case "COPY" -> false;
            case "REPLACE" -> true;
            default ->
                throw S3Refusal.of(ErrorCode.INVALID_ARGUMENT, "Unknown metadata directive.")
                        .with("ArgumentName", header)
                        .with("ArgumentValue", directive);
        };
    }
}

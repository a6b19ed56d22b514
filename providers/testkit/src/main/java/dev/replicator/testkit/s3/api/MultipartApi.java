package dev.replicator.testkit.s3.api;

import dev.replicator.testkit.http.HttpResponse;
import dev.replicator.testkit.http.Query;
import dev.replicator.testkit.s3.checksum.ChecksumAlgorithm;
import dev.replicator.testkit.s3.checksum.ObjectChecksum;
import dev.replicator.testkit.s3.listing.ListingQueries;
import dev.replicator.testkit.s3.model.ErrorCode;
import dev.replicator.testkit.s3.model.S3Refusal;
import dev.replicator.testkit.s3.request.AttributeHeaders;
import dev.replicator.testkit.s3.request.EncryptionHeaders;
import dev.replicator.testkit.s3.request.S3Request;
import dev.replicator.testkit.s3.request.ServiceSettings;
import dev.replicator.testkit.s3.store.Attributes;
import dev.replicator.testkit.s3.store.Bucket;
import dev.replicator.testkit.s3.store.Buckets;
import dev.replicator.testkit.s3.store.MultipartUpload;
import dev.replicator.testkit.s3.xml.XmlWriter;
import java.util.List;
import java.util.Optional;

/** Beginning, showing and aborting multipart uploads. */
final class MultipartApi {
    private final Buckets buckets;
    private final AttributeHeaders headers;

    MultipartApi(Buckets buckets, ServiceSettings settings) {
        this.buckets = buckets;
        this.headers = new AttributeHeaders(settings);
    }

    HttpResponse create(S3Request request) {
        Bucket bucket = buckets.get(request.bucket());
        Attributes attributes = headers.read(request, bucket);
        Optional<ChecksumAlgorithm> algorithm = request.header("x-amz-checksum-algorithm")
                .map(name -> ChecksumAlgorithm.named(name).orElseThrow(() -> S3Refusal.of(ErrorCode.INVALID_REQUEST)));
        MultipartUpload upload = bucket.begin(request.key(), attributes, algorithm, type(request, algorithm));
        XmlWriter xml = new XmlWriter()
                .root("InitiateMultipartUploadResult")
                .element("Bucket", bucket.name())
                .element("Key", request.key())
                .element("UploadId", upload.id());
        HttpResponse response =
                HttpResponse.xml(200, xml.close("InitiateMultipartUploadResult").toBytes());
        HttpResponse encrypted = EncryptionHeaders.answer(response, attributes.encryption());
        return algorithm
                .map(chosen -> encrypted
                        .with("x-amz-checksum-algorithm", chosen.name())
                        .with("x-amz-checksum-type", upload.type().name()))
                .orElse(encrypted);
    }

    HttpResponse abort(S3Request request) {
        Bucket bucket = buckets.get(request.bucket());
        MultipartUpload upload = bucket.upload(request.requiredQuery("uploadId"), request.key());
        bucket.uploads().remove(upload.id());
        return HttpResponse.of(204);
    }

    HttpResponse parts(S3Request request) {
        Bucket bucket = buckets.get(request.bucket());
        Query query = request.query();
        MultipartUpload upload = bucket.upload(request.requiredQuery("uploadId"), request.key());
        int most = ListingQueries.limit(query, "max-parts");
        int marker = marker(query);
        List<MultipartUpload.Part> rest =
                List.copyOf(upload.parts().tailMap(marker, false).values());
        List<MultipartUpload.Part> page = rest.subList(0, Math.min(most, rest.size()));
        XmlWriter xml = new XmlWriter()
                .root("ListPartsResult")
                .element("Bucket", bucket.name())
                .element("Key", request.key())
                .element("UploadId", upload.id())
                .element("PartNumberMarker", marker)
                .element(
                        "NextPartNumberMarker",
                        page.isEmpty() ? 0 : page.get(page.size() - 1).number())
                .element("MaxParts", most)
                .element("IsTruncated", Boolean.toString(page.size() < rest.size()));
        upload.algorithm()
                .ifPresent(algorithm -> xml.element("ChecksumAlgorithm", algorithm.name())
                        .element("ChecksumType", upload.type().name()));
        for (MultipartUpload.Part part : page) {
            xml.open("Part")
                    .element("PartNumber", part.number())
                    .element("LastModified", part.lastModified())
                    .etag(part.etag())
                    .element("Size", part.content().length());
            part.checksum()
                    .ifPresent(checksum -> xml.element(checksum.algorithm().element(), checksum.value()));
            xml.close("Part");
        }
        xml.element("StorageClass", upload.attributes().storageClass());
        return HttpResponse.xml(200, xml.close("ListPartsResult").toBytes());
    }

    private static int marker(Query query) {
        String marker = query.first("part-number-marker").orElse("0");
        if (!marker.matches("[0-9]{1,6}")) {
            throw S3Refusal.of(ErrorCode.INVALID_ARGUMENT).with("ArgumentName", "part-number-marker");
        }
        return Integer.parseInt(marker);
    }

    private static ObjectChecksum.Type type(S3Request request, Optional<ChecksumAlgorithm> algorithm) {
        Optional<String> asked = request.header("x-amz-checksum-type");
        if (algorithm.isEmpty()) {
            if (asked.isPresent()) {
                throw S3Refusal.of(
                        ErrorCode.INVALID_REQUEST,
                        "The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.");
            }
            return ObjectChecksum.Type.FULL_OBJECT;
        }
        boolean composite =
                asked.map("COMPOSITE"::equals).orElse(algorithm.get().allowsComposite());
        boolean allowed =
                composite ? algorithm.get().allowsComposite() : algorithm.get().allowsFullObject();
        if (!allowed) {
            throw S3Refusal.of(
                    ErrorCode.INVALID_REQUEST,
                    "The " + asked.orElse("") + " checksum type cannot be used with the " + algorithm.get()
                            + " checksum algorithm.");
        }
        return composite ? ObjectChecksum.Type.COMPOSITE : ObjectChecksum.Type.FULL_OBJECT;
    }
}

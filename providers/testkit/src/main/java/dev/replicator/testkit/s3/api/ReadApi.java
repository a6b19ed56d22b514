package dev.replicator.testkit.s3.api;

import dev.replicator.testkit.http.HttpDates;
import dev.replicator.testkit.http.HttpResponse;
import dev.replicator.testkit.s3.checksum.ObjectChecksum;
import dev.replicator.testkit.s3.model.ErrorCode;
import dev.replicator.testkit.s3.model.S3Refusal;
import dev.replicator.testkit.s3.request.ByteRange;
import dev.replicator.testkit.s3.request.Conditions;
import dev.replicator.testkit.s3.request.EncryptionHeaders;
import dev.replicator.testkit.s3.request.S3Request;
import dev.replicator.testkit.s3.request.ServiceSettings;
import dev.replicator.testkit.s3.store.Attributes;
import dev.replicator.testkit.s3.store.Bucket;
import dev.replicator.testkit.s3.store.Buckets;
import dev.replicator.testkit.s3.store.StoredObject;
import dev.replicator.testkit.s3.xml.XmlWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** GetObject, HeadObject and GetObjectAttributes. */
final class ReadApi {
    private final Buckets buckets;
    private final Conditions conditions;

    ReadApi(Buckets buckets, ServiceSettings settings) {
        this.buckets = buckets;
        this.conditions = new Conditions(settings);
    }

    HttpResponse get(S3Request request) {
        Bucket bucket = buckets.get(request.bucket());
        StoredObject object = Lookup.object(bucket, request.key(), request.versionId());
        EncryptionHeaders.checkKey(request, object.attributes().encryption());
        conditions.checkRead(request, object);
        EncryptionHeaders.checkKms(bucket, object);
        Lookup.refuseArchived(object);
        return answer(request, bucket, object);
    }

    HttpResponse head(S3Request request) {
        Bucket bucket = buckets.get(request.bucket());
        StoredObject object = Lookup.object(bucket, request.key(), request.versionId());
        EncryptionHeaders.checkKey(request, object.attributes().encryption());
        conditions.checkRead(request, object);
        return answer(request, bucket, object);
    }

    HttpResponse attributes(S3Request request) {
        Bucket bucket = buckets.get(request.bucket());
        StoredObject object = Lookup.object(bucket, request.key(), request.versionId());
        EncryptionHeaders.checkKey(request, object.attributes().encryption());
        String asked = String.join(",", request.headers().all("x-amz-object-attributes"));
        XmlWriter xml = new XmlWriter().root("GetObjectAttributesResponse");
        if (asked.contains("ETag")) {
            xml.element("ETag", object.etag());
        }
        if (asked.contains("Checksum") && object.checksum().isPresent()) {
            xml.open("Checksum");
            ObjectAnswers.checksum(xml, object.checksum());
            xml.close("Checksum");
        }
        if (asked.contains("ObjectParts") && !object.parts().isEmpty()) {
            xml.open("ObjectParts").element("PartsCount", object.parts().size()).close("ObjectParts");
        }
        if (asked.contains("StorageClass")) {
            xml.element("StorageClass", object.attributes().storageClass());
        }
        if (asked.contains("ObjectSize")) {
            xml.element("ObjectSize", object.size());
        }
        HttpResponse response = HttpResponse.xml(
                        200, xml.close("GetObjectAttributesResponse").toBytes())
                .with("Last-Modified", HttpDates.format(object.lastModified()));
        return ObjectAnswers.withVersion(response, bucket, object.versionId());
    }

    private HttpResponse answer(S3Request request, Bucket bucket, StoredObject object) {
        HttpResponse described = described(request, bucket, object);
        Optional<String> part = request.query().first("partNumber");
        if (part.isPresent()) {
            return ofPart(request, object, described, part.get());
        }
        Optional<ByteRange> range = request.header("range").flatMap(header -> ByteRange.parse(header, object.size()));
        if (range.isPresent()) {
            return ranged(described, object, range.get());
        }
        HttpResponse whole = described.withBody(object.content());
        return checksumAsked(request) ? ObjectAnswers.withChecksum(whole, object.checksum()) : whole;
    }

    private static HttpResponse ofPart(S3Request request, StoredObject object, HttpResponse described, String part) {
        int count = Math.max(1, object.parts().size());
        if (!part.matches("[0-9]{1,5}") || request.header("range").isPresent()) {
            throw S3Refusal.of(ErrorCode.INVALID_ARGUMENT).with("ArgumentName", "partNumber");
        }
        int index = Integer.parseInt(part) - 1;
        if (index < 0 || index >= count) {
            throw S3Refusal.of(ErrorCode.INVALID_PART_NUMBER)
                    .with("ActualPartCount", Integer.toString(count))
                    .with("PartNumberRequested", part);
        }
        if (object.parts().isEmpty()) {
            HttpResponse whole =
                    object.size() == 0 ? described : ranged(described, object, new ByteRange(0, object.size()));
            return checksumAsked(request) ? ObjectAnswers.withChecksum(whole, object.checksum()) : whole;
        }
        long first = 0;
        for (StoredObject.StoredPart before : object.parts().subList(0, index)) {
            first += before.size();
        }
        StoredObject.StoredPart wanted = object.parts().get(index);
        HttpResponse response = ranged(described, object, new ByteRange(first, wanted.size()))
                .with("x-amz-mp-parts-count", Integer.toString(count));
        Optional<ObjectChecksum> checksum = wanted.checksum();
        return checksumAsked(request) ? ObjectAnswers.withChecksum(response, checksum) : response;
    }

    private static HttpResponse ranged(HttpResponse described, StoredObject object, ByteRange range) {
        return described
                .withStatus(206)
                .with("Content-Range", range.contentRange(object.size()))
                .withBody(object.content().slice(range.first(), range.count()));
    }

    private static HttpResponse described(S3Request request, Bucket bucket, StoredObject object) {
        Attributes attributes = object.attributes();
        Map<String, String> fields = new LinkedHashMap<>(attributes.headers());
        overrides(request, fields);
        attributes.metadata().forEach((name, value) -> fields.put("x-amz-meta-" + name, value));
        fields.put("ETag", "\"" + object.etag() + "\"");
        fields.put("Last-Modified", HttpDates.format(object.lastModified()));
        fields.put("Accept-Ranges", "bytes");
        if (!attributes.storageClass().equals("STANDARD")) {
            fields.put("x-amz-storage-class", attributes.storageClass());
        }
        if (!attributes.tags().isEmpty()) {
            fields.put("x-amz-tagging-count", Integer.toString(attributes.tags().size()));
        }
        HttpResponse response = EncryptionHeaders.answer(HttpResponse.of(200).withAll(fields), attributes.encryption());
        return ObjectAnswers.withVersion(response, bucket, object.versionId());
    }

    /** {@code response-content-type} and its like replace what is stored. */
    private static void overrides(S3Request request, Map<String, String> fields) {
        Map<String, String> names = Map.of(
                "response-cache-control", "Cache-Control",
                "response-content-disposition", "Content-Disposition",
                "response-content-encoding", "Content-Encoding",
                "response-content-language", "Content-Language",
                "response-content-type", "Content-Type",
                "response-expires", "Expires");
        names.forEach(
                (parameter, field) -> request.query().first(parameter).ifPresent(value -> fields.put(field, value)));
    }

    private static boolean checksumAsked(S3Request request) {
        return request.header("x-amz-checksum-mode")
                .filter("ENABLED"::equalsIgnoreCase)
                .isPresent();
    }
}

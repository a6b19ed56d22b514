package dev.replicator.testkit.s3.api;

import dev.replicator.testkit.http.HttpResponse;
import dev.replicator.testkit.objects.Content;
import dev.replicator.testkit.s3.checksum.ObjectChecksum;
import dev.replicator.testkit.s3.fault.Fault;
import dev.replicator.testkit.s3.model.ErrorCode;
import dev.replicator.testkit.s3.model.S3Refusal;
import dev.replicator.testkit.s3.model.Weakness;
import dev.replicator.testkit.s3.request.AttributeHeaders;
import dev.replicator.testkit.s3.request.ChecksumHeaders;
import dev.replicator.testkit.s3.request.Conditions;
import dev.replicator.testkit.s3.request.S3Request;
import dev.replicator.testkit.s3.request.ServiceSettings;
import dev.replicator.testkit.s3.store.Bucket;
import dev.replicator.testkit.s3.store.Buckets;
import dev.replicator.testkit.s3.store.Draft;
import dev.replicator.testkit.s3.store.StoredObject;
import dev.replicator.testkit.s3.store.WriteCondition;
import dev.replicator.testkit.s3.xml.XmlNode;
import dev.replicator.testkit.s3.xml.XmlWriter;
import dev.replicator.testkit.wire.FaultPlan;
import java.util.List;
import java.util.Optional;

/** PutObject, DeleteObject and DeleteObjects. */
final class WriteApi {
    private static final int MOST_KEYS = 1000;

    private final Buckets buckets;
    private final ServiceSettings settings;
    private final Conditions conditions;
    private final ChecksumHeaders checksums;
    private final AttributeHeaders attributes;

    WriteApi(Buckets buckets, ServiceSettings settings) {
        this.buckets = buckets;
        this.settings = settings;
        this.conditions = new Conditions(settings);
        this.checksums = new ChecksumHeaders(settings);
        this.attributes = new AttributeHeaders(settings);
    }

    HttpResponse put(S3Request request) {
        Bucket bucket = buckets.get(request.bucket());
        WriteCondition condition = conditions.ofPut(request);
        Optional<ObjectChecksum> claimed = checksums.verified(request);
        Draft draft = draft(request, bucket, claimed);
        StoredObject object = bucket.write(draft, condition);
        HttpResponse response = HttpResponse.of(200).with("ETag", "\"" + object.etag() + "\"");
        return ObjectAnswers.written(ObjectAnswers.withChecksum(response, object.checksum()), bucket, object);
    }

    HttpResponse delete(S3Request request) {
        Bucket bucket = buckets.get(request.bucket());
        Bucket.Deletion deletion = delete(bucket, request.key(), request.versionId(), request.header("if-match"));
        HttpResponse response = HttpResponse.of(204);
        if (deletion.marker()) {
            response = response.with("x-amz-delete-marker", "true");
        }
        Optional<String> versionId = deletion.versionId();
        return versionId.isPresent() ? response.with("x-amz-version-id", versionId.get()) : response;
    }

    HttpResponse deleteMany(S3Request request) {
        refuseUnvouched(request);
        checksums.verified(request);
        Bucket bucket = buckets.get(request.bucket());
        XmlNode document = XmlNode.parse(request.body().bytes(), "Delete");
        List<XmlNode> objects = document.all("Object");
        if (objects.isEmpty() || objects.size() > MOST_KEYS) {
            throw S3Refusal.of(ErrorCode.MALFORMED_XML);
        }
        boolean quiet = document.child("Quiet").filter("true"::equalsIgnoreCase).isPresent();
        XmlWriter xml = new XmlWriter().root("DeleteResult");
        for (XmlNode object : objects) {
            deleteOne(bucket, object, quiet, request.plan(), xml);
        }
        return HttpResponse.xml(200, xml.close("DeleteResult").toBytes());
    }

    private Draft draft(S3Request request, Bucket bucket, Optional<ObjectChecksum> claimed) {
        Draft draft = honest(request, bucket, claimed);
        return settings.has(Weakness.FOREIGN_ETAGS) ? draft.withForeignTag() : draft;
    }

    private Draft honest(S3Request request, Bucket bucket, Optional<ObjectChecksum> claimed) {
        Content content = Content.of(request.body().bytes());
        if (claimed.isEmpty() && !settings.weaknesses().contains(Weakness.CHECKSUMS_IGNORED)) {
            return Draft.of(request.key(), content, attributes.read(request, bucket));
        }
        return Draft.of(request.key(), content, attributes.read(request, bucket), claimed);
    }

    private Bucket.Deletion delete(Bucket bucket, String key, Optional<String> versionId, Optional<String> ifMatch) {
        WriteCondition condition = conditions.ofDelete(ifMatch);
        if (versionId.isPresent()) {
            if (!(condition instanceof WriteCondition.None)) {
                throw S3Refusal.of(ErrorCode.NOT_IMPLEMENTED).with("Header", "If-Match");
            }
            return bucket.deleteVersion(key, versionId.get());
        }
        return bucket.delete(key, condition);
    }

    private void deleteOne(Bucket bucket, XmlNode object, boolean quiet, FaultPlan plan, XmlWriter xml) {
        String key = object.required("Key");
        Optional<String> versionId = object.child("VersionId");
        try {
            refuseScripted(plan, key);
            Bucket.Deletion deletion = delete(bucket, key, versionId, object.child("ETag"));
            if (quiet) {
                return;
            }
            xml.open("Deleted").element("Key", key);
            versionId.ifPresent(id -> xml.element("VersionId", id));
            if (deletion.marker()) {
                xml.element("DeleteMarker", "true");
                deletion.versionId().ifPresent(id -> xml.element("DeleteMarkerVersionId", id));
            }
            xml.close("Deleted");
        } catch (S3Refusal refusal) {
            xml.open("Error").element("Key", key);
            versionId.ifPresent(id -> xml.element("VersionId", id));
            xml.element("Code", refusal.code().code())
                    .element("Message", refusal.code().message())
                    .close("Error");
        }
    }

    private static void refuseScripted(FaultPlan plan, String key) {
        Optional<Fault.FailKeys> fault = plan.first(Fault.FailKeys.class);
        if (fault.isPresent() && fault.get().keys().test(key)) {
            throw S3Refusal.of(fault.get().code());
        }
    }

    private void refuseUnvouched(S3Request request) {
        if (settings.weaknesses().contains(Weakness.NO_BULK_DELETE)) {
            throw S3Refusal.of(ErrorCode.NOT_IMPLEMENTED);
        }
        boolean md5Needed = settings.weaknesses().contains(Weakness.BULK_DELETE_NEEDS_CONTENT_MD5);
        if (md5Needed && request.header("content-md5").isEmpty()) {
            throw S3Refusal.of(ErrorCode.INVALID_REQUEST, "Missing required header for this request: Content-MD5");
        }
        if (!ChecksumHeaders.vouched(request)) {
            throw S3Refusal.of(
                    ErrorCode.INVALID_REQUEST,
                    "Missing required header for this request: Content-MD5 OR x-amz-checksum-*");
        }
    }
}

package dev.replicator.testkit.s3.api;

import dev.replicator.testkit.http.HttpResponse;
import dev.replicator.testkit.s3.model.ErrorCode;
import dev.replicator.testkit.s3.model.S3Refusal;
import dev.replicator.testkit.s3.model.Weakness;
import dev.replicator.testkit.s3.request.AttributeHeaders;
import dev.replicator.testkit.s3.request.ChecksumHeaders;
import dev.replicator.testkit.s3.request.S3Request;
import dev.replicator.testkit.s3.request.ServiceSettings;
import dev.replicator.testkit.s3.store.Bucket;
import dev.replicator.testkit.s3.store.Buckets;
import dev.replicator.testkit.s3.store.StoredObject;
import dev.replicator.testkit.s3.xml.XmlNode;
import dev.replicator.testkit.s3.xml.XmlWriter;
import java.util.List;
import java.util.Map;

/** Tags and canned ACLs of stored objects; neither touches ETag or time. */
final class MetadataApi {
    private static final String ALL_USERS = "http://acs.amazonaws.com/groups/global/AllUsers";
    private static final String AUTHENTICATED = "http://acs.amazonaws.com/groups/global/AuthenticatedUsers";

    private final Buckets buckets;
    private final ServiceSettings settings;
    private final ChecksumHeaders checksums;
    private final AttributeHeaders headers;

    MetadataApi(Buckets buckets, ServiceSettings settings) {
        this.buckets = buckets;
        this.settings = settings;
        this.checksums = new ChecksumHeaders(settings);
        this.headers = new AttributeHeaders(settings);
    }

    HttpResponse tags(S3Request request) {
        StoredObject object = tagged(request);
        XmlWriter xml = new XmlWriter().root("Tagging").open("TagSet");
        object.attributes()
                .tags()
                .forEach((key, value) -> xml.open("Tag")
                        .element("Key", key)
                        .element("Value", value)
                        .close("Tag"));
        HttpResponse response =
                HttpResponse.xml(200, xml.close("TagSet").close("Tagging").toBytes());
        return ObjectAnswers.withVersion(response, buckets.get(request.bucket()), object.versionId());
    }

    HttpResponse changeTags(S3Request request) {
        StoredObject object = tagged(request);
        checksums.verified(request);
        List<XmlNode> sets = XmlNode.parse(request.body().bytes(), "Tagging").all("TagSet");
        if (sets.size() != 1) {
            throw S3Refusal.of(ErrorCode.MALFORMED_XML);
        }
        List<Map.Entry<String, String>> pairs = sets.get(0).all("Tag").stream()
                .map(tag -> Map.entry(tag.required("Key"), tag.required("Value")))
                .toList();
        return retagged(request, object, AttributeHeaders.checkedTags(pairs), 200);
    }

    HttpResponse deleteTags(S3Request request) {
        return retagged(request, tagged(request), Map.of(), 204);
    }

    HttpResponse acl(S3Request request) {
        StoredObject object = Lookup.object(buckets.get(request.bucket()), request.key(), request.versionId());
        XmlWriter xml = new XmlWriter().root("AccessControlPolicy");
        xml.open("Owner").element("ID", settings.ownerId()).close("Owner").open("AccessControlList");
        grant(xml, "CanonicalUser", "ID", settings.ownerId(), "FULL_CONTROL");
        switch (object.attributes().acl()) {
            case "public-read" -> grant(xml, "Group", "URI", ALL_USERS, "READ");
            case "public-read-write" -> {
                grant(xml, "Group", "URI", ALL_USERS, "READ");
                grant(xml, "Group", "URI", ALL_USERS, "WRITE");
            }
            case "authenticated-read" -> grant(xml, "Group", "URI", AUTHENTICATED, "READ");
            default -> xml.raw("");
        }
        return HttpResponse.xml(
                200, xml.close("AccessControlList").close("AccessControlPolicy").toBytes());
    }

    HttpResponse changeAcl(S3Request request) {
        Bucket bucket = buckets.get(request.bucket());
        StoredObject object = Lookup.object(bucket, request.key(), request.versionId());
        if (request.header("x-amz-acl").isEmpty()) {
            throw S3Refusal.of(ErrorCode.NOT_IMPLEMENTED, "Only canned ACLs are kept");
        }
        String acl = headers.acl(request);
        bucket.amend(object, found -> found.withAttributes(found.attributes().withAcl(acl)));
        return HttpResponse.of(200);
    }

    private StoredObject tagged(S3Request request) {
        if (settings.weaknesses().contains(Weakness.NO_TAGS)) {
            throw S3Refusal.of(ErrorCode.NOT_IMPLEMENTED);
        }
        return Lookup.object(buckets.get(request.bucket()), request.key(), request.versionId());
    }

    private HttpResponse retagged(S3Request request, StoredObject object, Map<String, String> tags, int status) {
        Bucket bucket = buckets.get(request.bucket());
        bucket.amend(object, found -> found.withAttributes(found.attributes().withTags(tags)));
        return ObjectAnswers.withVersion(HttpResponse.of(status), bucket, object.versionId());
    }

    private static void grant(XmlWriter xml, String type, String element, String grantee, String permission) {
        xml.open("Grant")
                .raw("<Grantee xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\"" + type + "\">")
                .element(element, grantee)
                .close("Grantee")
                .element("Permission", permission)
                .close("Grant");
    }
}

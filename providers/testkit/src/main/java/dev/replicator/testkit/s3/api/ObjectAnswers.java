package dev.replicator.testkit.s3.api;

import dev.replicator.testkit.http.HttpResponse;
import dev.replicator.testkit.s3.checksum.ObjectChecksum;
import dev.replicator.testkit.s3.request.EncryptionHeaders;
import dev.replicator.testkit.s3.store.Bucket;
import dev.replicator.testkit.s3.store.StoredObject;
import dev.replicator.testkit.s3.store.Versioning;
import dev.replicator.testkit.s3.xml.XmlWriter;
import java.util.Optional;

/** What several operations answer about an object. */
final class ObjectAnswers {
    private ObjectAnswers() {}

    static HttpResponse withVersion(HttpResponse response, Bucket bucket, String versionId) {
        return bucket.versioning() == Versioning.OFF ? response : response.with("x-amz-version-id", versionId);
    }

    static HttpResponse withChecksum(HttpResponse response, Optional<ObjectChecksum> checksum) {
        return checksum.map(present -> response.with(present.algorithm().header(), present.value())
                        .with("x-amz-checksum-type", present.type().name()))
                .orElse(response);
    }

    /** Of an object that was just written. */
    static HttpResponse written(HttpResponse response, Bucket bucket, StoredObject object) {
        HttpResponse encrypted =
                EncryptionHeaders.answer(response, object.attributes().encryption());
        return withVersion(encrypted, bucket, object.versionId());
    }

    static void checksum(XmlWriter xml, Optional<ObjectChecksum> checksum) {
        checksum.ifPresent(present -> xml.element(present.algorithm().element(), present.value())
                .element("ChecksumType", present.type().name()));
    }
}

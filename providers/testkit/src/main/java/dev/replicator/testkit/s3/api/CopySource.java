package dev.replicator.testkit.s3.api;

import dev.replicator.testkit.http.Percent;
import dev.replicator.testkit.s3.model.ErrorCode;
import dev.replicator.testkit.s3.model.S3Refusal;
import dev.replicator.testkit.s3.request.Access;
import dev.replicator.testkit.s3.request.Conditions;
import dev.replicator.testkit.s3.request.EncryptionHeaders;
import dev.replicator.testkit.s3.request.S3Request;
import dev.replicator.testkit.s3.request.ServiceSettings;
import dev.replicator.testkit.s3.store.Bucket;
import dev.replicator.testkit.s3.store.Buckets;
import dev.replicator.testkit.s3.store.StoredObject;
import java.util.Optional;

/** What a copy reads: found, allowed and of the right state; one version, whatever is written meanwhile. */
record CopySource(Bucket bucket, StoredObject object, boolean versionNamed) {
    private static final String VERSION = "?versionId=";

    static CopySource of(S3Request request, Buckets buckets, ServiceSettings settings) {
        String header = request.header("x-amz-copy-source").orElse("");
        int mark = header.indexOf(VERSION);
        String path = Percent.decodePlus(mark < 0 ? header : header.substring(0, mark))
                .orElseThrow(CopySource::invalid);
        Optional<String> versionId =
                mark < 0 ? Optional.empty() : Percent.decodePlus(header.substring(mark + VERSION.length()));
        String named = path.startsWith("/") ? path.substring(1) : path;
        int slash = named.indexOf('/');
        if (slash <= 0 || slash == named.length() - 1) {
            throw invalid();
        }
        Bucket bucket = buckets.get(named.substring(0, slash));
        Access.checkSource(request, bucket, settings);
        StoredObject object = source(bucket, named.substring(slash + 1), versionId);
        EncryptionHeaders.checkSourceKey(request, object.attributes().encryption());
        EncryptionHeaders.checkKms(bucket, object);
        Lookup.refuseArchived(object);
        new Conditions(settings).checkSource(request, object);
        return new CopySource(bucket, object, versionId.isPresent());
    }

    private static StoredObject source(Bucket bucket, String key, Optional<String> versionId) {
        try {
            return Lookup.object(bucket, key, versionId);
        } catch (S3Refusal refusal) {
            if (refusal.code() == ErrorCode.METHOD_NOT_ALLOWED) {
                throw S3Refusal.of(
                        ErrorCode.INVALID_REQUEST,
                        "The source of a copy request may not specifically refer to a delete marker by version id.");
            }
            throw refusal.with("Key", key);
        }
    }

    private static S3Refusal invalid() {
        return S3Refusal.of(
                ErrorCode.INVALID_ARGUMENT,
                "Copy Source must mention the source bucket and key: sourcebucket/sourcekey");
    }
}

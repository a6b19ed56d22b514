package dev.replicator.testkit.s3.api;

import dev.replicator.testkit.s3.model.ErrorCode;
import dev.replicator.testkit.s3.model.S3Refusal;
import dev.replicator.testkit.s3.store.Bucket;
import dev.replicator.testkit.s3.store.DeleteMarker;
import dev.replicator.testkit.s3.store.StoredObject;
import dev.replicator.testkit.s3.store.Version;
import java.util.Optional;

/** Finds the object a request is about, and refuses as S3 does where there is none. */
final class Lookup {
    private Lookup() {}

    /** The current object, or the version asked for. */
    static StoredObject object(Bucket bucket, String key, Optional<String> versionId) {
        Version version = versionId.isPresent()
                ? bucket.find(key, versionId.get())
                        .orElseThrow(() -> S3Refusal.of(ErrorCode.NO_SUCH_VERSION)
                                .with("Key", key)
                                .with("VersionId", versionId.get()))
                : bucket.newest(key).orElseThrow(() -> S3Refusal.of(ErrorCode.NO_SUCH_KEY));
        if (version instanceof StoredObject object) {
            return object;
        }
        throw marked((DeleteMarker) version, versionId.isPresent());
    }

    static void refuseArchived(StoredObject object) {
        if (object.attributes().archived()) {
            throw S3Refusal.of(ErrorCode.INVALID_OBJECT_STATE)
                    .with("StorageClass", object.attributes().storageClass());
        }
    }

    private static S3Refusal marked(DeleteMarker marker, boolean byVersion) {
        return S3Refusal.of(byVersion ? ErrorCode.METHOD_NOT_ALLOWED : ErrorCode.NO_SUCH_KEY)
                .withHeader("x-amz-delete-marker", "true")
                .withHeader("x-amz-version-id", marker.versionId());
    }
}

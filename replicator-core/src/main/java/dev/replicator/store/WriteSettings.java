package dev.replicator.store;

import java.util.Optional;

/**
 * What written objects get where the service knows it.
 *
 * @param storageClass service's name of the class
 * @param sse {@code AES256} or {@code aws:kms}
 * @param kmsKey key id or alias for {@code aws:kms}
 * @param acl canned ACL; absent sends none, so the bucket's own rule applies
 * @param compositeUploads whether Cloud Storage is given large objects as components at once, which it then composes
 */
public record WriteSettings(
        Optional<String> storageClass,
        Optional<String> sse,
        Optional<String> kmsKey,
        Optional<String> acl,
        boolean compositeUploads) {
    public static final WriteSettings NONE =
            new WriteSettings(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    public WriteSettings(
            Optional<String> storageClass, Optional<String> sse, Optional<String> kmsKey, Optional<String> acl) {
        this(storageClass, sse, kmsKey, acl, false);
    }

    public WriteSettings withCompositeUploads(boolean value) {
        return new WriteSettings(storageClass, sse, kmsKey, acl, value);
    }
}

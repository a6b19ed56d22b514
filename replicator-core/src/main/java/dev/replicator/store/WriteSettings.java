package dev.replicator.store;

import java.util.Optional;

/**
 * What written objects get where the service knows it.
 *
 * @param storageClass service's name of the class
 * @param sse {@code AES256} or {@code aws:kms}
 * @param kmsKey key id or alias for {@code aws:kms}
 * @param acl canned ACL; absent sends none, so the bucket's own rule applies
 */
public record WriteSettings(
        Optional<String> storageClass, Optional<String> sse, Optional<String> kmsKey, Optional<String> acl) {
    public static final WriteSettings NONE =
            new WriteSettings(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}

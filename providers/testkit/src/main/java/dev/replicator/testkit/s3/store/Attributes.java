package dev.replicator.testkit.s3.store;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an object carries beside its bytes. {@code headers} are the standard fields as they are answered
 * ({@code Content-Type}, …), {@code metadata} has names without {@code x-amz-meta-}. A locked version is never
 * destroyed.
 */
public record Attributes(
        Map<String, String> headers,
        Map<String, String> metadata,
        Map<String, String> tags,
        String storageClass,
        Encryption encryption,
        String acl,
        boolean locked) {
    /** Those of an upload that says nothing. */
    public static final Attributes DEFAULT = new Attributes(
            Map.of("Content-Type", "binary/octet-stream"),
            Map.of(),
            Map.of(),
            "STANDARD",
            Encryption.S3,
            "private",
            false);

    public Attributes {
        headers = ordered(headers);
        metadata = ordered(metadata);
        tags = ordered(tags);
    }

    public Attributes withHeaders(Map<String, String> newHeaders) {
        return new Attributes(newHeaders, metadata, tags, storageClass, encryption, acl, locked);
    }

    public Attributes withMetadata(Map<String, String> newMetadata) {
        return new Attributes(headers, newMetadata, tags, storageClass, encryption, acl, locked);
    }

    public Attributes withTags(Map<String, String> newTags) {
        return new Attributes(headers, metadata, newTags, storageClass, encryption, acl, locked);
    }

    public Attributes withStorageClass(String newClass) {
        return new Attributes(headers, metadata, tags, newClass, encryption, acl, locked);
    }

    public Attributes withEncryption(Encryption newEncryption) {
        return new Attributes(headers, metadata, tags, storageClass, newEncryption, acl, locked);
    }

    public Attributes withAcl(String newAcl) {
        return new Attributes(headers, metadata, tags, storageClass, encryption, newAcl, locked);
    }

    public Attributes withLocked(boolean isLocked) {
        return new Attributes(headers, metadata, tags, storageClass, encryption, acl, isLocked);
    }

    /** Whether the bytes cannot be read before a restore. */
    public boolean archived() {
        return storageClass.equals("GLACIER") || storageClass.equals("DEEP_ARCHIVE");
    }

    private static Map<String, String> ordered(Map<String, String> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
}

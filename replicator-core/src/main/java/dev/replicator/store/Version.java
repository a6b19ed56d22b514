package dev.replicator.store;

/**
 * The content state of an object as its store names it: S3's ETag (without quotes), GCS's generation, a directory's
 * {@code size-mtime-filekey}. Opaque: compare for equality only. Empty is not a version.
 */
public record Version(String token) {
    public Version {
        if (token.isEmpty()) {
            throw new IllegalArgumentException("a version has a token");
        }
    }

    @Override
    public String toString() {
        return token;
    }
}

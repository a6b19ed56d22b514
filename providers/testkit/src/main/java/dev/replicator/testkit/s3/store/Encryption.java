package dev.replicator.testkit.s3.store;

/** How an object is encrypted at rest; {@code keyId} is the KMS key or the MD5 of the customer's key, else empty. */
public record Encryption(Kind kind, String keyId) {
    /** With S3's own keys, as every object is that asks for nothing else. */
    public static final Encryption S3 = new Encryption(Kind.S3, "");

    /** Whose key it is. */
    public enum Kind {
        S3,
        KMS,
        CUSTOMER
    }

    /** Whether S3 makes the ETag of a single-part object its MD5. */
    public boolean etagIsMd5() {
        return kind == Kind.S3;
    }
}

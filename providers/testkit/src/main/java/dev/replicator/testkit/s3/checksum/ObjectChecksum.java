package dev.replicator.testkit.s3.checksum;

import java.util.Base64;

/** A stored checksum; {@code value} is base64, with {@code -N} behind it when it is composed of N parts' checksums. */
public record ObjectChecksum(ChecksumAlgorithm algorithm, Type type, String value) {
    /** What a value covers: the whole object's bytes, or the checksums of its parts. */
    public enum Type {
        FULL_OBJECT,
        COMPOSITE
    }

    /** A checksum of all bytes. */
    public static ObjectChecksum full(ChecksumAlgorithm algorithm, byte[] digest) {
        return new ObjectChecksum(
                algorithm, Type.FULL_OBJECT, Base64.getEncoder().encodeToString(digest));
    }

    /** A checksum of {@code parts} parts' checksums. */
    public static ObjectChecksum composite(ChecksumAlgorithm algorithm, byte[] digest, int parts) {
        String value = Base64.getEncoder().encodeToString(digest) + "-" + parts;
        return new ObjectChecksum(algorithm, Type.COMPOSITE, value);
    }
}

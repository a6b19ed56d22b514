package dev.replicator.testkit.memory;

import dev.replicator.store.ObjectMetadata;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/**
 * One object as the service holds it.
 *
 * @param bytes must not be changed
 * @param etag as S3 makes it: the MD5 of the bytes, or {@code md5-parts} for a multipart upload
 * @param sequence counts every write to the bucket; differs between any two writes
 * @param metadata headers, user metadata and tags
 * @param metageneration counts the changes of metadata alone, from 1 with each write
 */
public record MemoryObject(
        byte[] bytes, Instant modified, String etag, long sequence, ObjectMetadata metadata, long metageneration) {

    /** Of other metadata, all else as it is. */
    MemoryObject retouched(ObjectMetadata value) {
        return new MemoryObject(bytes, modified, etag, sequence, value, metageneration + 1);
    }

    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** S3's ETag for bytes sent in parts of {@code part} bytes; in one piece where {@code part} covers them all. */
    static String etag(byte[] bytes, long part) {
        if (bytes.length <= part) {
            return hex(md5().digest(bytes));
        }
        MessageDigest whole = md5();
        int parts = 0;
        for (long from = 0; from < bytes.length; from += part, parts++) {
            MessageDigest digest = md5();
            digest.update(bytes, (int) from, (int) Math.min(part, bytes.length - from));
            whole.update(digest.digest());
        }
        return hex(whole.digest()) + "-" + parts;
    }

    static String md5Of(byte[] bytes) {
        return hex(md5().digest(bytes));
    }

    private static String hex(byte[] digest) {
        return HexFormat.of().formatHex(digest);
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }
}

package dev.replicator.testkit.s3.store;

import dev.replicator.testkit.objects.Content;
import dev.replicator.testkit.s3.checksum.ChecksumAlgorithm;
import dev.replicator.testkit.s3.checksum.Digests;
import dev.replicator.testkit.s3.checksum.ObjectChecksum;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** An object that is ready but not written; the bucket adds its version id and, where none is given, its time. */
public record Draft(
        String key,
        Content content,
        String etag,
        Optional<ObjectChecksum> checksum,
        List<StoredObject.StoredPart> parts,
        Attributes attributes,
        Optional<Instant> lastModified) {
    private static final AtomicLong NONCE = new AtomicLong();

    public Draft {
        parts = List.copyOf(parts);
    }

    /** A single-part object with its ETag, and with a CRC64NVME, which S3 computes where none is sent. */
    public static Draft of(String key, Content content, Attributes attributes) {
        return of(key, content, attributes, ContentDigest.full(content, ChecksumAlgorithm.CRC64NVME));
    }

    /** A single-part object with its ETag and the given checksum. */
    public static Draft of(String key, Content content, Attributes attributes, Optional<ObjectChecksum> checksum) {
        String etag = etag(ContentDigest.md5(content), attributes.encryption());
        return new Draft(key, content, etag, checksum, List.of(), attributes, Optional.empty());
    }

    /** The MD5 in hex, or something that only looks like it where the encryption hides it. */
    public static String etag(byte[] md5, Encryption encryption) {
        if (encryption.etagIsMd5()) {
            return Digests.hex(md5);
        }
        byte[] salted = md5.clone();
        long nonce = NONCE.incrementAndGet();
        for (int i = 0; i < 8; i++) {
            salted[i] ^= (byte) (nonce >>> (8 * i));
        }
        return Digests.hex(Digests.md5(salted));
    }

    /** The same with an ETag that looks like an MD5 and is none. */
    public Draft withForeignTag() {
        return new Draft(key, content, foreignTag(), checksum, parts, attributes, lastModified);
    }

    /** What looks like an MD5 and is none, another one each time. */
    public static String foreignTag() {
        return etag(new byte[16], new Encryption(Encryption.Kind.KMS, ""));
    }

    /** The same under another key. */
    public Draft named(String otherKey) {
        return new Draft(otherKey, content, etag, checksum, parts, attributes, lastModified);
    }

    StoredObject stored(String versionId, Instant now) {
        return new StoredObject(key, versionId, lastModified.orElse(now), content, etag, checksum, parts, attributes);
    }
}

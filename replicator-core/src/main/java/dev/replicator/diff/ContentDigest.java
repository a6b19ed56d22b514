package dev.replicator.diff;

import dev.replicator.store.CorruptObjectException;
import dev.replicator.store.Fingerprint;
import dev.replicator.store.ObjectBody;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.TransientStoreException;
import dev.replicator.store.TransientStoreException.Trouble;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/** Digests an object's content by reading it once. */
final class ContentDigest {
    private static final int BUFFER = 1 << 16;
    private static final List<Fingerprint.Algorithm> PREFERENCE = List.of(
            Fingerprint.Algorithm.SHA256,
            Fingerprint.Algorithm.MD5,
            Fingerprint.Algorithm.SHA1,
            Fingerprint.Algorithm.CRC64NVME,
            Fingerprint.Algorithm.CRC32C,
            Fingerprint.Algorithm.CRC32);

    private ContentDigest() {}

    /** The fingerprint that tells most, of those that can be computed from content. */
    static Optional<Fingerprint> preferred(List<Fingerprint> fingerprints) {
        return PREFERENCE.stream()
                .flatMap(algorithm -> fingerprints.stream().filter(one -> one.algorithm() == algorithm))
                .findFirst();
    }

    static Fingerprint of(ObjectStore store, ObjectMeta object, Fingerprint.Algorithm algorithm) {
        return switch (algorithm) {
            case MD5 -> byMessageDigest(store, object, algorithm, "MD5");
            case SHA1 -> byMessageDigest(store, object, algorithm, "SHA-1");
            case SHA256 -> byMessageDigest(store, object, algorithm, "SHA-256");
            case CRC32 -> byChecksum(store, object, algorithm, new CRC32(), 8);
            case CRC32C -> byChecksum(store, object, algorithm, new CRC32C(), 8);
            case CRC64NVME -> byChecksum(store, object, algorithm, new Crc64Nvme(), 16);
            case ETAG -> throw new IllegalArgumentException("an ETag can't be computed from content");
        };
    }

    private static Fingerprint byMessageDigest(
            ObjectStore store, ObjectMeta object, Fingerprint.Algorithm algorithm, String name) {
        try {
            MessageDigest digest = MessageDigest.getInstance(name);
            readAll(store, object, digest::update);
            return new Fingerprint(algorithm, HexFormat.of().formatHex(digest.digest()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(name + " is missing in this runtime", e);
        }
    }

    private static Fingerprint byChecksum(
            ObjectStore store, ObjectMeta object, Fingerprint.Algorithm algorithm, Checksum checksum, int digits) {
        readAll(store, object, checksum::update);
        return new Fingerprint(algorithm, HexFormat.of().toHexDigits(checksum.getValue(), digits));
    }

    /** Takes a range of bytes. */
    interface Bytes {
        void update(byte[] bytes, int offset, int length);
    }

    /** Hands over all bytes of exactly that version; fails as corrupt when their number is not its size. */
    static void readAll(ObjectStore store, ObjectMeta object, Bytes bytes) {
        byte[] buffer = new byte[BUFFER];
        long total = 0;
        try (ObjectBody body = store.read(object);
                InputStream stream = body.open()) {
            for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
                bytes.update(buffer, 0, count);
                total += count;
            }
        } catch (IOException e) {
            throw new TransientStoreException(
                    Trouble.NETWORK, "read " + object.key() + " of " + store.bucket() + " failed", Optional.empty(), e);
        }
        if (total != object.size()) {
            throw new CorruptObjectException("read " + object.key() + " of " + store.bucket() + ": " + total
                    + " bytes instead of " + object.size());
        }
    }
}

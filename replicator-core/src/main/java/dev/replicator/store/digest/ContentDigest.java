package dev.replicator.store.digest;

import dev.replicator.store.Fingerprint;
import dev.replicator.store.Fingerprint.Algorithm;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/** Digests content as it passes by. Used by one thread. */
public interface ContentDigest {
    /** From the one that tells most to the one that tells least. */
    List<Algorithm> STRONGEST_FIRST = List.of(
            Algorithm.SHA256, Algorithm.MD5, Algorithm.SHA1, Algorithm.CRC64NVME, Algorithm.CRC32C, Algorithm.CRC32);

    /** From the one that costs least to the one that costs most; each finds a flipped bit. */
    List<Algorithm> CHEAPEST_FIRST = List.of(
            Algorithm.CRC32C, Algorithm.CRC32, Algorithm.CRC64NVME, Algorithm.MD5, Algorithm.SHA1, Algorithm.SHA256);

    void update(byte[] bytes, int offset, int length);

    /** Of all bytes so far; to be asked once. */
    Fingerprint fingerprint();

    /** One that goes on from the same bytes by itself; empty where this runtime can't. */
    Optional<ContentDigest> fork();

    /** @throws IllegalArgumentException for {@link Algorithm#ETAG}, which can't be computed from content */
    static ContentDigest of(Algorithm algorithm) {
        return switch (algorithm) {
            case MD5 -> new MessageContentDigest(algorithm, message("MD5"));
            case SHA1 -> new MessageContentDigest(algorithm, message("SHA-1"));
            case SHA256 -> new MessageContentDigest(algorithm, message("SHA-256"));
            case CRC32 -> new ChecksumContentDigest(algorithm, new CRC32(), 8);
            case CRC32C -> new ChecksumContentDigest(algorithm, new CRC32C(), 8);
            case CRC64NVME -> new ChecksumContentDigest(algorithm, new Crc64Nvme(), 16);
            case ETAG -> throw new IllegalArgumentException("an ETag can't be computed from content");
        };
    }

    /** The first of these fingerprints in that order of algorithms, of those that can be computed from content. */
    static Optional<Fingerprint> first(List<Algorithm> order, List<Fingerprint> fingerprints) {
        return order.stream()
                .flatMap(algorithm -> fingerprints.stream().filter(one -> one.algorithm() == algorithm))
                .findFirst();
    }

    private static MessageDigest message(String name) {
        try {
            return MessageDigest.getInstance(name);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(name + " is missing in this runtime", e);
        }
    }
}

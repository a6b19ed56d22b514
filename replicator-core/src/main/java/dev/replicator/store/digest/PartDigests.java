package dev.replicator.store.digest;

import dev.replicator.store.Fingerprint;
import dev.replicator.store.Fingerprint.Algorithm;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Makes the CRC of a whole of its parts' CRCs, in whatever order they come; a part that comes again replaces itself.
 * Thread-safe.
 *
 * <p>Behind it is the arithmetic of polynomials over GF(2) that zlib's {@code crc32_combine} uses: appending n bytes
 * multiplies the CRC of what is before them by x to the power of 8n.
 */
public final class PartDigests {
    private final Algorithm algorithm;
    private final long size;
    private final CrcField field;
    private final TreeMap<Long, Part> parts = new TreeMap<>();
    private long covered;

    private record Part(long length, long crc) {}

    private PartDigests(Algorithm algorithm, long size, CrcField field) {
        this.algorithm = algorithm;
        this.size = size;
        this.field = field;
    }

    /** For content of {@code size} bytes; empty for algorithms whose digests of parts don't make one of the whole. */
    public static Optional<PartDigests> of(Algorithm algorithm, long size) {
        return CrcField.of(algorithm).map(field -> new PartDigests(algorithm, size, field));
    }

    /**
     * Adds the digest of one part.
     *
     * @return the digest of the whole, once every part of it has come
     */
    public synchronized Optional<Fingerprint> add(long offset, long length, Fingerprint part) {
        if (part.algorithm() != algorithm) {
            throw new IllegalArgumentException("a " + part.algorithm() + " is no part of a " + algorithm);
        }
        Part added = new Part(length, Long.parseUnsignedLong(part.hex(), 16));
        covered += length
                - Optional.ofNullable(parts.put(offset, added))
                        .map(Part::length)
                        .orElse(0L);
        if (covered < size) {
            return Optional.empty();
        }
        long end = 0;
        long crc = 0;
        for (Map.Entry<Long, Part> each : parts.entrySet()) {
            if (each.getKey() != end) {
                return Optional.empty();
            }
            crc = field.appended(crc, each.getValue().crc(), each.getValue().length());
            end += each.getValue().length();
        }
        return end == size ? Optional.of(new Fingerprint(algorithm, field.hex(crc))) : Optional.empty();
    }
}

package dev.replicator.store.digest;

import dev.replicator.store.Fingerprint;
import dev.replicator.store.Fingerprint.Algorithm;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Makes the CRC of a whole of its parts' CRCs, in whatever order they come. A part that comes again, or overlaps others,
 * takes their place: nothing is told until what they covered beside it has come again. Thread-safe.
 */
public final class PartDigests {
    /** Parts that are remembered; of a whole in more nothing is told. */
    private static final int MOST = 16_384;

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
     * @return the digest of the whole, when every byte of it has come in parts that don't overlap
     */
    public synchronized Optional<Fingerprint> add(long offset, long length, Fingerprint part) {
        if (part.algorithm() != algorithm) {
            throw new IllegalArgumentException("a " + part.algorithm() + " is no part of a " + algorithm);
        }
        removeOverlapping(offset, offset + length);
        if (length > 0 && parts.size() < MOST) {
            parts.put(offset, new Part(length, Long.parseUnsignedLong(part.hex(), 16)));
            covered += length;
        }
        return covered == size ? Optional.of(whole()) : Optional.empty();
    }

    private void removeOverlapping(long from, long to) {
        Map.Entry<Long, Part> last = parts.lowerEntry(to);
        while (last != null && last.getKey() + last.getValue().length() > from) {
            parts.remove(last.getKey());
            covered -= last.getValue().length();
            last = parts.lowerEntry(to);
        }
    }

    private Fingerprint whole() {
        long crc = 0;
        for (Part part : parts.values()) {
            crc = field.appended(crc, part.crc(), part.length());
        }
        return new Fingerprint(algorithm, field.hex(crc));
    }
}

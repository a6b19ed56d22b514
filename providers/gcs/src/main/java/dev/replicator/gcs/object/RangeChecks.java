package dev.replicator.gcs.object;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Checks the ranges that one body hands out against the checksum of the whole object, which is all that the service
 * tells: when they cover it without gaps, their checksums make that of the whole. Of what was read twice the later
 * reading counts. Nothing is concluded where a part was not read, or only in pieces that overlap otherwise. Thread-safe.
 */
final class RangeChecks {
    /** Ranges that are remembered; of an object read in more nothing is concluded. */
    static final int MAX_PIECES = 16_384;

    private final long size;
    private final TreeMap<Long, Crc32c> pieces = new TreeMap<>();
    private Optional<Integer> expected;
    private long covered;

    /** @param expected the whole object's checksum where it is known before the first answer */
    RangeChecks(long size, Optional<Integer> expected) {
        this.size = size;
        this.expected = expected;
    }

    /** An answer told the whole object's checksum. */
    synchronized void expect(int crc32c) {
        expected = Optional.of(crc32c);
    }

    /**
     * Bytes from {@code offset} were handed out.
     *
     * @return false when all bytes of the object were now, and they are not the object's
     */
    synchronized boolean add(long offset, Crc32c bytes) {
        removeOverlapping(offset, offset + bytes.length());
        if (bytes.length() > 0 && pieces.size() < MAX_PIECES) {
            pieces.put(offset, bytes);
            covered += bytes.length();
        }
        return covered < size || expected.isEmpty() || expected.get() == whole();
    }

    private void removeOverlapping(long from, long to) {
        Map.Entry<Long, Crc32c> last = pieces.lowerEntry(to);
        while (last != null && last.getKey() + last.getValue().length() > from) {
            pieces.remove(last.getKey());
            covered -= last.getValue().length();
            last = pieces.lowerEntry(to);
        }
    }

    private int whole() {
        Crc32c sum = Crc32c.EMPTY;
        for (Crc32c piece : pieces.values()) {
            sum = sum.then(piece);
        }
        return sum.value();
    }
}

package dev.replicator.gcs.object;

import dev.replicator.store.Fingerprint;
import dev.replicator.store.Fingerprint.Algorithm;
import dev.replicator.store.digest.PartDigests;
import java.util.Optional;

/**
 * Checks the ranges that one body hands out against the checksum of the whole object, which is all that the service
 * tells: when they cover it without gaps, their checksums make that of the whole ({@link PartDigests}). Of what was read
 * twice the later reading counts. Nothing is concluded where a part was not read, or only in pieces that overlap
 * otherwise. Thread-safe.
 */
final class RangeChecks {
    private final PartDigests parts;
    private Optional<Fingerprint> expected;

    /** @param expected the whole object's checksum where it is known before the first answer */
    RangeChecks(long size, Optional<Integer> expected) {
        parts = PartDigests.of(Algorithm.CRC32C, size).orElseThrow();
        this.expected = expected.map(RangeChecks::fingerprint);
    }

    private static Fingerprint fingerprint(int crc32c) {
        return new Crc32c(crc32c, 0).fingerprint();
    }

    /** An answer told the whole object's checksum. */
    synchronized void expect(int crc32c) {
        expected = Optional.of(fingerprint(crc32c));
    }

    /**
     * Bytes from {@code offset} were handed out.
     *
     * @return false when all bytes of the object were now, and they are not the object's
     */
    synchronized boolean add(long offset, Crc32c bytes) {
        Optional<Fingerprint> whole = parts.add(offset, bytes.length(), bytes.fingerprint());
        return whole.isEmpty() || expected.isEmpty() || whole.equals(expected);
    }
}

package dev.replicator.store.digest;

import dev.replicator.store.Fingerprint;
import dev.replicator.store.Fingerprint.Algorithm;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.Checksum;

/** A cyclic redundancy check. */
record ChecksumContentDigest(Algorithm algorithm, Checksum checksum, int digits) implements ContentDigest {
    @Override
    public void update(byte[] bytes, int offset, int length) {
        checksum.update(bytes, offset, length);
    }

    @Override
    public Fingerprint fingerprint() {
        return new Fingerprint(algorithm, HexFormat.of().toHexDigits(checksum.getValue(), digits));
    }

    /** Those of parts are joined instead ({@link PartDigests}). */
    @Override
    public Optional<ContentDigest> fork() {
        return Optional.empty();
    }
}

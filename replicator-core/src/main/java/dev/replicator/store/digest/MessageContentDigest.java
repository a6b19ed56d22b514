package dev.replicator.store.digest;

import dev.replicator.store.Fingerprint;
import dev.replicator.store.Fingerprint.Algorithm;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;

/** A cryptographic one. */
record MessageContentDigest(Algorithm algorithm, MessageDigest digest) implements ContentDigest {
    @Override
    public void update(byte[] bytes, int offset, int length) {
        digest.update(bytes, offset, length);
    }

    @Override
    public Fingerprint fingerprint() {
        return new Fingerprint(algorithm, HexFormat.of().formatHex(digest.digest()));
    }

    @Override
    public Optional<ContentDigest> fork() {
        try {
            return Optional.of(new MessageContentDigest(algorithm, (MessageDigest) digest.clone()));
        } catch (CloneNotSupportedException e) {
            return Optional.empty();
        }
    }
}

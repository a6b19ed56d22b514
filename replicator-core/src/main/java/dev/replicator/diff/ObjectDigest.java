package dev.replicator.diff;

import dev.replicator.store.CorruptObjectException;
import dev.replicator.store.Fingerprint;
import dev.replicator.store.ObjectBody;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.TransientStoreException;
import dev.replicator.store.TransientStoreException.Trouble;
import dev.replicator.store.digest.ContentDigest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Digests an object's content by reading it once. */
final class ObjectDigest {
    private static final int BUFFER = 1 << 16;

    private ObjectDigest() {}

    static Fingerprint of(ObjectStore store, ObjectMeta object, Fingerprint.Algorithm algorithm) {
        ContentDigest digest = ContentDigest.of(algorithm);
        readAll(store, object, digest::update);
        return digest.fingerprint();
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

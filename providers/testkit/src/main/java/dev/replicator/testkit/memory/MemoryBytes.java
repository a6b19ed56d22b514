package dev.replicator.testkit.memory;

import dev.replicator.store.CorruptObjectException;
import dev.replicator.store.ObjectBody;
import dev.replicator.store.TransientStoreException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Takes in what is uploaded: exactly as many bytes as were announced, or none. */
final class MemoryBytes {
    private MemoryBytes() {}

    static byte[] of(ObjectBody body, String deed) {
        int announced = Math.toIntExact(body.size());
        try (InputStream stream = body.open()) {
            byte[] bytes = stream.readNBytes(announced);
            if (bytes.length < announced) {
                throw new CorruptObjectException(
                        deed + ": the body ended after " + bytes.length + " of " + announced + " bytes");
            }
            if (stream.read() >= 0) {
                throw new CorruptObjectException(deed + ": the body runs over its " + announced + " bytes");
            }
            return bytes;
        } catch (IOException e) {
            throw new TransientStoreException(
                    TransientStoreException.Trouble.NETWORK,
                    deed + ": the body broke: " + e.getMessage(),
                    Optional.empty(),
                    e);
        }
    }
}

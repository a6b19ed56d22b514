package dev.replicator.baseline;

import dev.replicator.store.ObjectKey;
import dev.replicator.store.digest.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** Collects the entries of one chunk in memory, compressed: the same entries give the same bytes. Used by one thread. */
final class ChunkBuilder {
    /** A chunk ends with whichever is reached first. */
    static final int MOST_ENTRIES = 50_000;

    private static final long MOST_RAW_BYTES = 16L << 20;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    private final DeflaterOutputStream compressed = new DeflaterOutputStream(bytes, deflater, 1 << 13);
    private final DeltaWriter writer = new DeltaWriter(compressed);
    private final int mostEntries;
    private int entries;
    private long raw;
    private Optional<ObjectKey> last = Optional.empty();

    /** @param mostEntries {@value #MOST_ENTRIES}, or fewer */
    ChunkBuilder(int mostEntries) {
        this.mostEntries = mostEntries;
    }

    void add(ObjectKey key, Counterparts states) {
        try {
            raw += writer.write(key, Optional.of(states));
            entries++;
            last = Optional.of(key);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int entries() {
        return entries;
    }

    boolean isFull() {
        return entries >= mostEntries || raw >= MOST_RAW_BYTES;
    }

    /** The chunk's object. */
    byte[] finish() {
        try {
            compressed.close();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            deflater.end();
        }
    }

    Chunk describe(String name, int pair, byte[] content) {
        return new Chunk(name, pair, entries, content.length, Sha256.hex(content), last.orElseThrow());
    }
}

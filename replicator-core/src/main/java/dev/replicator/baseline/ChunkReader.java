package dev.replicator.baseline;

import dev.replicator.store.ObjectKey;
import dev.replicator.store.digest.Sha256;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.zip.InflaterInputStream;

/** Walks the entries of a chunk whose bytes were proven. Used by one thread. */
final class ChunkReader {
    private final Chunk chunk;
    private final DeltaReader reader;
    private int read;

    /** @throws UnusableBaselineException when these are not the chunk's bytes */
    ChunkReader(Chunk chunk, byte[] content) throws UnusableBaselineException {
        if (content.length != chunk.bytes() || !Sha256.hex(content).equals(chunk.sha256())) {
            throw new UnusableBaselineException("its part " + chunk.name() + " is torn");
        }
        this.chunk = chunk;
        reader = new DeltaReader(new BufferedInputStream(new InflaterInputStream(new ByteArrayInputStream(content))));
    }

    Optional<BaselineEntry> next() throws UnusableBaselineException {
        try {
            Optional<DeltaReader.Row> row = reader.read();
            if (row.isEmpty()) {
                requireWhole();
                return Optional.empty();
            }
            read++;
            ObjectKey key = row.get().key();
            if (row.get().states().isEmpty() || key.compareTo(chunk.last()) > 0) {
                throw broken();
            }
            return Optional.of(new BaselineEntry(key, row.get().states().get()));
        } catch (IOException e) {
            throw new UnusableBaselineException("its part " + chunk.name() + " can't be read", e);
        }
    }

    private void requireWhole() throws UnusableBaselineException {
        if (read != chunk.entries()) {
            throw broken();
        }
    }

    private UnusableBaselineException broken() {
        return new UnusableBaselineException("its part " + chunk.name() + " is not what the manifest says");
    }
}

package dev.replicator.baseline;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/** Deltas in ascending order in a temporary file, compressed; removed by close. Used by one thread at a time. */
final class SpoolFile implements AutoCloseable {
    private static final int BUFFER = 1 << 14;

    private final Path file;
    private final Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    private final OutputStream out;
    private final DeltaWriter writer;

    private SpoolFile(Path file) throws IOException {
        this.file = file;
        out = new BufferedOutputStream(new DeflaterOutputStream(Files.newOutputStream(file), deflater, BUFFER), BUFFER);
        writer = new DeltaWriter(out);
    }

    static SpoolFile create() throws IOException {
        return new SpoolFile(Files.createTempFile("replicator-baseline-", ".spool"));
    }

    /** The file on disk. */
    Path path() {
        return file;
    }

    void add(Delta delta) throws IOException {
        writer.write(delta.at().joined(), delta.states());
    }

    /** Ends writing; reading may begin. */
    void finish() throws IOException {
        out.close();
        deflater.end();
    }

    /** Reads from the first row; closed by the caller. */
    Rows rows() throws IOException {
        return new Rows(new BufferedInputStream(new InflaterInputStream(Files.newInputStream(file)), BUFFER));
    }

    @Override
    public void close() throws IOException {
        try {
            finish();
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** A walk over the rows. */
    static final class Rows implements AutoCloseable {
        private final InputStream in;
        private final DeltaReader reader;

        private Rows(InputStream in) {
            this.in = in;
            reader = new DeltaReader(in);
        }

        Optional<Delta> next() throws IOException {
            return reader.read().map(row -> new Delta(BaselineKey.ofJoined(row.key()), row.states()));
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}

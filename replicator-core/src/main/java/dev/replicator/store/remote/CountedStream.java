package dev.replicator.store.remote;

import dev.replicator.store.CorruptObjectException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Lets exactly {@code size} bytes through: fewer and more are {@link CorruptObjectException}s, the latter thrown before
 * the last of the expected bytes is handed out, so that whoever sends them on can't complete. Used by one thread.
 */
public final class CountedStream extends FilterInputStream {
    private final Object call;
    private final long size;
    private long count;
    private boolean atEnd;

    /** @param call what the bytes are read for, for an error's message */
    public CountedStream(Object call, InputStream in, long size) {
        super(in);
        this.call = call;
        this.size = size;
    }

    /** Whether all bytes were let through and nothing followed them. */
    public boolean isAtEnd() {
        return atEnd;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        int n = read(one, 0, 1);
        return n < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (atEnd) {
            return -1;
        }
        if (count == size) {
            requireEnd();
            return -1;
        }
        int n = in.read(target, offset, (int) Math.min(length, size - count));
        if (n < 0) {
            throw new CorruptObjectException(call + ": the body ends after " + count + " of " + size + " bytes");
        }
        count += n;
        if (count == size) {
            requireEnd();
        }
        return n;
    }

    private void requireEnd() throws IOException {
        if (in.read() >= 0) {
            throw new CorruptObjectException(call + ": the body runs over its " + size + " bytes");
        }
        atEnd = true;
    }

    @Override
    public long skip(long n) throws IOException {
        byte[] sink = new byte[(int) Math.min(8_192, Math.max(0, n))];
        int read = sink.length == 0 ? 0 : read(sink, 0, sink.length);
        return Math.max(0, read);
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}

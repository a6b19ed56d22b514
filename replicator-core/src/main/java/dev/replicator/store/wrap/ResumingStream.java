package dev.replicator.store.wrap;

import dev.replicator.store.TransientStoreException;
import dev.replicator.store.TransientStoreException.Trouble;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads a range of a body; a broken connection is replaced by a new one from the next byte on. */
final class ResumingStream extends InputStream {
    private final RetryingBody body;
    private final long end;
    private InputStream current;
    private long position;
    private boolean broken;

    ResumingStream(InputStream first, RetryingBody body, long offset, long length) {
        this.body = body;
        this.end = offset + length;
        current = first;
        position = offset;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        int count = read(one, 0, 1);
        return count < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        OptionalInt first = attempt(target, offset, length);
        int count = first.isPresent() ? first.getAsInt() : body.retries().call(() -> resumed(target, offset, length));
        position += Math.max(0, count);
        return count;
    }

    /** A read without the machinery of retries; empty when the connection broke. */
    private OptionalInt attempt(byte[] target, int offset, int length) {
        try {
            return OptionalInt.of(current.read(target, offset, length));
        } catch (IOException | TransientStoreException e) {
            broken = true;
            return OptionalInt.empty();
        }
    }

    private int resumed(byte[] target, int offset, int length) {
        try {
            if (broken) {
                closeQuietly(current);
                if (position == end) {
                    return -1;
                }
                current = body.part(position, end - position);
                broken = false;
            }
            return current.read(target, offset, length);
        } catch (IOException e) {
            broken = true;
            throw new TransientStoreException(
                    Trouble.NETWORK, "the connection broke at byte " + position, Optional.empty(), e);
        } catch (TransientStoreException e) {
            broken = true;
            throw e;
        }
    }

    /** A stream that is given up: its connection is broken or its bytes are not wanted. */
    static void closeQuietly(InputStream stream) {
        try {
            stream.close();
        } catch (IOException | RuntimeException e) {
            // What could not be read from it was told already.
        }
    }

    @Override
    public int available() throws IOException {
        return current.available();
    }

    @Override
    public void close() throws IOException {
        current.close();
    }
}

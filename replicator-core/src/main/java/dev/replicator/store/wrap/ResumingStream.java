package dev.replicator.store.wrap;

import dev.replicator.store.CorruptObjectException;
import dev.replicator.store.TransientStoreException;
import dev.replicator.store.TransientStoreException.Trouble;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads a range of a body, exactly; a broken connection is replaced by a new one from the next byte on. Bytes are
 * counted, whatever the client below says: an end before the range's end is a broken connection, bytes behind it are
 * corruption.
 */
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
        if (length == 0) {
            return 0;
        }
        OptionalInt first = attempt(target, offset, length);
        int count = first.isPresent() ? first.getAsInt() : body.retries().call(() -> resumed(target, offset, length));
        position += Math.max(0, count);
        if (position > end) {
            throw new CorruptObjectException("the stream runs over its end at byte " + end);
        }
        return count;
    }

    /** A read without the machinery of retries; empty when the connection broke. */
    private OptionalInt attempt(byte[] target, int offset, int length) {
        try {
            return OptionalInt.of(counted(target, offset, length));
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
            return counted(target, offset, length);
        } catch (IOException e) {
            broken = true;
            throw new TransientStoreException(
                    Trouble.NETWORK, "the connection broke at byte " + position, Optional.empty(), e);
        } catch (TransientStoreException e) {
            broken = true;
            throw e;
        }
    }

    private int counted(byte[] target, int offset, int length) throws IOException {
        int count = current.read(target, offset, length);
        if (count < 0 && position < end) {
            throw new EOFException("the stream ended at byte " + position + " of " + end);
        }
        return count;
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

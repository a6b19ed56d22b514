package dev.replicator.testkit;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that is right for so many bytes and then is not. */
final class BrokenStream extends FilterInputStream {
    enum Ending {
        TRANSIENT,
        SILENT,
        ZEROS,
        FLIP
    }

    private final Ending ending;
    private long left;

    BrokenStream(InputStream whole, long bytes, Ending ending) {
        super(whole);
        this.left = bytes;
        this.ending = ending;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        int read = read(one, 0, 1);
        return read < 0 ? read : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (left > 0) {
            int read = super.read(target, offset, (int) Math.min(left, length));
            left -= Math.max(0, read);
            return read;
        }
        return switch (ending) {
            case TRANSIENT -> throw FaultScript.connectionLost();
            case SILENT -> -1;
            case ZEROS -> zeros(target, offset, length);
            case FLIP -> flipped(target, offset, length);
        };
    }

    private int flipped(byte[] target, int offset, int length) throws IOException {
        int read = super.read(target, offset, length);
        if (read > 0) {
            target[offset] ^= 1;
            left = Long.MAX_VALUE;
        }
        return read;
    }

    private int zeros(byte[] target, int offset, int length) throws IOException {
        int read = super.read(target, offset, length);
        for (int at = offset; at < offset + read; at++) {
            target[at] = 0;
        }
        return read;
    }

    @Override
    public long skip(long wanted) throws IOException {
        return readNBytes((int) Math.min(wanted, 1 << 16)).length;
    }

    @Override
    public int available() {
        return 0;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}

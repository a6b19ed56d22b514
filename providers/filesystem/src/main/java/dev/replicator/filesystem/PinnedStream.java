package dev.replicator.filesystem;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A range of one version of a file; the last bytes come only after the version was checked once more. */
final class PinnedStream extends InputStream {
    private final FileBody body;
    private final Place place;
    private final FileChannel channel;
    private long left;

    /** Closes {@code place} and {@code channel} when it is closed. */
    PinnedStream(FileBody body, Place place, FileChannel channel, long length) {
        this.body = body;
        this.place = place;
        this.channel = channel;
        this.left = length;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        if (left == 0) {
            return -1;
        }
        try {
            int count = channel.read(ByteBuffer.wrap(target, offset, (int) Math.min(length, left)));
            if (count < 0) {
                throw body.endedEarly(place);
            }
            left -= count;
            if (left == 0) {
                body.check(place);
            }
            return count;
        } catch (IOException e) {
            throw body.failed(e);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            place.close();
        }
    }
}

package dev.replicator.execute;

import dev.replicator.store.digest.ContentDigest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

/** Hands the digest of its bytes over before the last of them. Used by one thread. */
final class DigestedStream extends FilterInputStream {
    private final ContentDigest digest;
    private final Consumer<ContentDigest> whole;
    private long left;

    /**
     * @param length bytes that are to come
     * @param whole told the digest once so many have come; throws to hold the last of them back
     */
    DigestedStream(InputStream stream, long length, ContentDigest digest, Consumer<ContentDigest> whole) {
        super(stream);
        left = length;
        this.digest = digest;
        this.whole = whole;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        int count = read(one, 0, 1);
        return count < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = super.read(target, offset, length);
        if (count > 0 && left > 0) {
            digest.update(target, offset, count);
            left -= count;
            if (left == 0) {
                whole.accept(digest);
            }
        }
        return count;
    }

    @Override
    public long skip(long bytes) throws IOException {
        byte[] sink = new byte[(int) Math.min(8_192, Math.max(0, bytes))];
        return sink.length == 0 ? 0 : Math.max(0, read(sink, 0, sink.length));
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}

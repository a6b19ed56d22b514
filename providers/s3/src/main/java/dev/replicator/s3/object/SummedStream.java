package dev.replicator.s3.object;

import dev.replicator.store.Fingerprint;
import dev.replicator.store.Fingerprint.Algorithm;
import dev.replicator.store.digest.ContentDigest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Sums up the bytes that it hands out. Used by one thread. */
final class SummedStream extends FilterInputStream {
    private final List<ContentDigest> digests;

    SummedStream(InputStream in, List<Algorithm> digests) {
        super(in);
        this.digests = digests.stream().map(ContentDigest::of).toList();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        int n = read(one, 0, 1);
        return n < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int n = in.read(target, offset, length);
        if (n > 0) {
            digests.forEach(digest -> digest.update(target, offset, n));
        }
        return n;
    }

    @Override
    public long skip(long n) throws IOException {
        byte[] sink = new byte[(int) Math.min(8_192, Math.max(0, n))];
        return sink.length == 0 ? 0 : Math.max(0, read(sink, 0, sink.length));
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /** Of all bytes so far; to be asked once. */
    List<Fingerprint> fingerprints() {
        return digests.stream().map(ContentDigest::fingerprint).toList();
    }
}

package dev.replicator.gcs.write;

import com.google.api.client.http.HttpContent;
import dev.replicator.gcs.client.Call;
import dev.replicator.gcs.object.Crc32c;
import dev.replicator.store.ObjectBody;
import dev.replicator.store.remote.CountedStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.CRC32C;

/**
 * A range of a body as a request's content: read while it is sent, summed on the way, held by nobody. The sum goes on
 * from a checksum of what is before the range; where that ends earlier, the bytes between are read too and not sent.
 * Written once, by one thread.
 */
final class PartContent implements HttpContent {
    private static final int COPIED = 64 * 1024;

    private final Call call;
    private final ObjectBody body;
    private final String type;
    private final Crc32c before;
    private final long offset;
    private final long length;
    private Crc32c sum;
    private boolean sourceFailed;

    /** @param before checksum of the body's first bytes, no more than {@code offset} of them */
    PartContent(Call call, ObjectBody body, String type, Crc32c before, long offset, long length) {
        this.call = call;
        this.body = body;
        this.type = type;
        this.before = before;
        this.offset = offset;
        this.length = length;
        this.sum = before;
    }

    @Override
    public long getLength() {
        return length;
    }

    @Override
    public String getType() {
        return type;
    }

    @Override
    public boolean retrySupported() {
        return false;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        long from = before.length();
        long all = offset + length - from;
        CRC32C crc = new CRC32C();
        byte[] buffer = new byte[COPIED];
        try (InputStream in = opened(from, all);
                CountedStream counted = new CountedStream(call, in, all)) {
            long left = all;
            while (left > 0) {
                int n = read(counted, buffer, left > length ? (int) Math.min(COPIED, left - length) : COPIED);
                crc.update(buffer, 0, n);
                if (left <= length) {
                    out.write(buffer, 0, n);
                }
                left -= n;
            }
        }
        sum = before.then(new Crc32c((int) crc.getValue(), all));
    }

    private InputStream opened(long from, long count) {
        try {
            return body.open(from, count);
        } catch (RuntimeException e) {
            sourceFailed = true;
            throw e;
        }
    }

    private int read(InputStream in, byte[] buffer, int most) throws IOException {
        try {
            return in.read(buffer, 0, most);
        } catch (IOException | RuntimeException e) {
            sourceFailed = true;
            throw e;
        }
    }

    /** Checksum of the body up to the range's end, once it was written; of what is before it until then. */
    Crc32c sum() {
        return sum;
    }

    /** Whether reading the body failed: no trouble of the wire, so the request is not sent again. */
    boolean sourceFailed() {
        return sourceFailed;
    }
}

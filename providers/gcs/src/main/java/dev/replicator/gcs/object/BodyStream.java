package dev.replicator.gcs.object;

import com.google.api.client.http.HttpResponse;
import dev.replicator.gcs.client.Call;
import dev.replicator.gcs.client.GcsCalls;
import dev.replicator.gcs.client.GcsErrors;
import dev.replicator.store.CorruptObjectException;
import dev.replicator.store.remote.CountedStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32C;

/**
 * The bytes of an answer, counted and summed, with the client's failures translated. When they complete a read of the
 * whole object and don't make its checksum, the last of them are not handed out. Closing it before its end cuts the
 * connection instead of reading the rest. Used by one thread.
 */
final class BodyStream extends InputStream {
    private final Call call;
    private final HttpResponse answer;
    private final CountedStream counted;
    private final RangeChecks checks;
    private final long offset;
    private final CRC32C crc = new CRC32C();
    private long count;
    private boolean told;

    /** @param offset where in the object the bytes begin */
    BodyStream(Call call, HttpResponse answer, InputStream content, long offset, long size, RangeChecks checks) {
        this.call = call;
        this.answer = answer;
        this.offset = offset;
        this.checks = checks;
        counted = new CountedStream(call, content, size);
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        int n = read(one, 0, 1);
        return n < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int from, int length) {
        if (Thread.currentThread().isInterrupted()) {
            throw GcsErrors.interrupted(call, new InterruptedException());
        }
        try {
            int n = counted.read(target, from, length);
            if (n > 0) {
                crc.update(target, from, n);
                count += n;
            }
            if (counted.isAtEnd()) {
                requireRight();
            }
            return n;
        } catch (IOException e) {
            throw GcsErrors.translate(call, e);
        }
    }

    private void requireRight() {
        if (!tell()) {
            throw new CorruptObjectException(call + ": the bytes are not those of the object's checksum");
        }
    }

    private boolean tell() {
        if (told) {
            return true;
        }
        told = true;
        return checks.add(offset, new Crc32c((int) crc.getValue(), count));
    }

    /** What was handed out of a stream that broke counts: the rest may be read by another. */
    @Override
    public void close() {
        if (!tell()) {
            GcsCalls.end(answer);
            throw new CorruptObjectException(call + ": the bytes are not those of the object's checksum");
        }
        GcsCalls.end(answer);
    }
}

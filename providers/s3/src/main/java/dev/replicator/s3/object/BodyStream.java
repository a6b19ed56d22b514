package dev.replicator.s3.object;

import dev.replicator.s3.client.Call;
import dev.replicator.s3.client.S3Errors;
import dev.replicator.store.remote.CountedStream;
import java.io.IOException;
import java.io.InputStream;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The bytes of an answer, counted, with the client's failures translated. Closing it before its end cuts the connection
 * instead of reading the rest. Used by one thread.
 */
final class BodyStream extends InputStream {
    private final Call call;
    private final ResponseInputStream<?> answer;
    private final CountedStream counted;
    private boolean ended;

    BodyStream(Call call, ResponseInputStream<?> answer, long size) {
        this.call = call;
        this.answer = answer;
        this.counted = new CountedStream(call, answer, size);
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        int n = read(one, 0, 1);
        return n < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        if (Thread.currentThread().isInterrupted()) {
            throw S3Errors.interrupted(call, new InterruptedException());
        }
        try {
            int n = counted.read(target, offset, length);
            ended = n < 0;
            return n;
        } catch (IOException | SdkException e) {
            throw S3Errors.translate(call, e);
        }
    }

    @Override
    public void close() {
        try {
            if (ended || counted.isAtEnd()) {
                answer.close();
            } else {
                answer.abort();
            }
        } catch (IOException | SdkException e) {
            answer.abort();
        }
    }
}

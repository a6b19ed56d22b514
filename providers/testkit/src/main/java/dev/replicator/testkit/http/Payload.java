package dev.replicator.testkit.http;

import java.io.IOException;
import java.io.OutputStream;

/** Bytes to send, of a length known beforehand. */
public interface Payload {
    Payload EMPTY = of(new byte[0]);

    long length();

    void writeTo(OutputStream out) throws IOException;

    static Payload of(byte[] bytes) {
        return of(bytes, bytes.length);
    }

    /** The first {@code length} bytes of an array that is not changed any more. */
    static Payload of(byte[] bytes, int length) {
        return new Payload() {
            @Override
            public long length() {
                return length;
            }

            @Override
            public void writeTo(OutputStream out) throws IOException {
                out.write(bytes, 0, length);
            }
        };
    }
}

package dev.replicator.testkit.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Reads lines and bytes of a connection through one buffer. Lines end with LF or CR LF; bytes map to ISO 8859-1. */
final class ConnectionInput extends InputStream {
    private final InputStream source;
    private final byte[] buffer = new byte[64 * 1024];
    private int position;
    private int limit;

    ConnectionInput(InputStream source) {
        this.source = source;
    }

    @Override
    public int read() throws IOException {
        return fill() ? buffer[position++] & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (position == limit && length >= buffer.length) {
            return source.read(target, offset, length);
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, limit - position);
        System.arraycopy(buffer, position, target, offset, count);
        position += count;
        return count;
    }

    /** The next line without its end, at most {@code most} bytes long. */
    String line(int most) throws IOException {
        StringBuilder line = new StringBuilder();
        while (true) {
            if (!fill()) {
                throw new EOFException("connection ended within a line");
            }
            int end = position;
            while (end < limit && buffer[end] != '\n') {
                end++;
            }
            line.append(new String(buffer, position, end - position, StandardCharsets.ISO_8859_1));
            if (line.length() > most) {
                throw new MalformedRequest("line longer than " + most + " bytes");
            }
            if (end < limit) {
                position = end + 1;
                return withoutCarriageReturn(line);
            }
            position = end;
        }
    }

    /** Whether another byte comes before the connection ends. */
    boolean more() throws IOException {
        return fill();
    }

    private static String withoutCarriageReturn(StringBuilder line) {
        int length = line.length();
        if (length > 0 && line.charAt(length - 1) == '\r') {
            line.setLength(length - 1);
        }
        return line.toString();
    }

    private boolean fill() throws IOException {
        if (position < limit) {
            return true;
        }
        int count = source.read(buffer, 0, buffer.length);
        if (count <= 0) {
            return false;
        }
        position = 0;
        limit = count;
        return true;
    }
}

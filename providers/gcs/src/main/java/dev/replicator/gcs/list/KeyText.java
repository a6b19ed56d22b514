package dev.replicator.gcs.list;

import dev.replicator.store.remote.NotProven;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A JSON string's text as UTF-8 bytes, escapes resolved; holds the last one in a buffer that grows. Not thread-safe. */
final class KeyText {
    private byte[] bytes = new byte[1_024];
    private int length;

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    String text() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    boolean startsWith(byte[] prefix) {
        return length >= prefix.length && Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
    }

    /** Compares by unsigned bytes. */
    int compareTo(byte[] other, int otherLength) {
        return Arrays.compareUnsigned(bytes, 0, length, other, 0, otherLength);
    }

    /** Decodes {@code source[from, to)}, the inside of a string. */
    void decode(byte[] source, int from, int to) throws NotProven {
        length = 0;
        if (bytes.length < to - from) {
            bytes = new byte[Math.max(to - from, bytes.length * 2)];
        }
        int i = from;
        while (i < to) {
            byte b = source[i];
            if (b == '\\') {
                i = escape(source, i + 1, to);
            } else {
                bytes[length++] = b;
                i++;
            }
        }
    }

    /** Resolves the escape whose letter is at {@code at}; the index behind it. */
    private int escape(byte[] source, int at, int to) throws NotProven {
        if (at >= to) {
            throw malformed();
        }
        switch (source[at]) {
            case '"', '\\', '/' -> bytes[length++] = source[at];
            case 'b' -> bytes[length++] = '\b';
            case 'f' -> bytes[length++] = '\f';
            case 'n' -> bytes[length++] = '\n';
            case 'r' -> bytes[length++] = '\r';
            case 't' -> bytes[length++] = '\t';
            case 'u' -> {
                return unicode(source, at + 1, to);
            }
            default -> throw malformed();
        }
        return at + 1;
    }

    private int unicode(byte[] source, int at, int to) throws NotProven {
        int unit = hex(source, at, to);
        int end = at + 4;
        if (Character.isHighSurrogate((char) unit)) {
            if (to - end < 6 || source[end] != '\\' || source[end + 1] != 'u') {
                throw malformed();
            }
            int low = hex(source, end + 2, to);
            if (!Character.isLowSurrogate((char) low)) {
                throw malformed();
            }
            append(Character.toCodePoint((char) unit, (char) low));
            return end + 6;
        }
        if (Character.isLowSurrogate((char) unit)) {
            throw malformed();
        }
        append(unit);
        return end;
    }

    private static int hex(byte[] source, int at, int to) throws NotProven {
        if (to - at < 4) {
            throw malformed();
        }
        int value = 0;
        for (int i = at; i < at + 4; i++) {
            int digit = Character.digit(source[i], 16);
            if (digit < 0) {
                throw malformed();
            }
            value = value << 4 | digit;
        }
        return value;
    }

    private void append(int codePoint) {
        if (codePoint < 0x80) {
            bytes[length++] = (byte) codePoint;
            return;
        }
        byte[] encoded = Character.toString(codePoint).getBytes(StandardCharsets.UTF_8);
        System.arraycopy(encoded, 0, bytes, length, encoded.length);
        length += encoded.length;
    }

    private static NotProven malformed() {
        return new NotProven("a malformed escape in a string");
    }
}

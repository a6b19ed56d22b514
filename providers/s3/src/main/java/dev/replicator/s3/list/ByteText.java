package dev.replicator.s3.list;

import dev.replicator.store.remote.NotProven;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Decodes a listing's text, byte for byte: XML references always, percent-encoding where the server said that it
 * encodes. Holds the last decoded text in a buffer that grows; not thread-safe.
 *
 * <p>S3 writes a space as {@code +} and a plus as {@code %2B}; some compatible servers write a space as {@code %20} and
 * leave a plus alone. {@link Plus} says which of them wrote this page.
 */
final class ByteText {
    /** What a bare {@code +} in encoded text stands for. */
    enum Plus {
        SPACE,
        ITSELF,
        /** The page writes both {@code %20} and {@code %2B}, so a bare plus has no meaning. */
        UNCLEAR
    }

    private static final int MAX_REFERENCE = 12;

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

    boolean isEqualTo(byte[] expected) {
        return Arrays.equals(bytes, 0, length, expected, 0, expected.length);
    }

    boolean startsWith(byte[] prefix) {
        return length >= prefix.length && Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
    }

    /** Compares by unsigned bytes. */
    int compareTo(byte[] other, int otherLength) {
        return Arrays.compareUnsigned(bytes, 0, length, other, 0, otherLength);
    }

    /** Decodes XML references of {@code source[from, to)}. */
    void decode(byte[] source, int from, int to) throws NotProven {
        length = 0;
        reserve(to - from);
        int i = from;
        while (i < to) {
            if (source[i] == '&') {
                i = reference(source, i, to);
            } else {
                bytes[length++] = source[i++];
            }
        }
    }

    /** Decodes XML references and percent-encoding of {@code source[from, to)}. */
    void decodeUrl(byte[] source, int from, int to, Plus plus) throws NotProven {
        length = 0;
        reserve(to - from);
        int i = from;
        while (i < to) {
            byte b = source[i];
            if (b == '%') {
                bytes[length++] = percent(source, i, to);
                i += 3;
            } else if (b == '+') {
                bytes[length++] = space(plus);
                i++;
            } else if (b == '&') {
                i = reference(source, i, to);
            } else {
                bytes[length++] = b;
                i++;
            }
        }
    }

    private static byte space(Plus plus) throws NotProven {
        if (plus == Plus.UNCLEAR) {
            throw new NotProven("a key with a bare '+' on a page that encodes both spaces and pluses");
        }
        return (byte) (plus == Plus.SPACE ? ' ' : '+');
    }

    private static byte percent(byte[] source, int at, int to) throws NotProven {
        if (to - at < 3) {
            throw new NotProven("a malformed percent-encoding");
        }
        int high = Character.digit(source[at + 1], 16);
        int low = Character.digit(source[at + 2], 16);
        if (high < 0 || low < 0) {
            throw new NotProven("a malformed percent-encoding");
        }
        return (byte) (high << 4 | low);
    }

    /** Appends what the reference at {@code at} stands for; the index behind it. */
    private int reference(byte[] source, int at, int to) throws NotProven {
        int semicolon = at + 1;
        while (semicolon < to && source[semicolon] != ';') {
            semicolon++;
        }
        if (semicolon == to || semicolon - at > MAX_REFERENCE) {
            throw new NotProven("a malformed XML reference");
        }
        String name = new String(source, at + 1, semicolon - at - 1, StandardCharsets.ISO_8859_1);
        append(codePoint(name));
        return semicolon + 1;
    }

    private static int codePoint(String name) throws NotProven {
        return switch (name) {
            case "amp" -> '&';
            case "lt" -> '<';
            case "gt" -> '>';
            case "quot" -> '"';
            case "apos" -> '\'';
            default -> numeric(name);
        };
    }

    private static int numeric(String name) throws NotProven {
        if (name.length() < 2 || name.charAt(0) != '#') {
            throw new NotProven("an unknown XML entity");
        }
        boolean hex = name.charAt(1) == 'x';
        int radix = hex ? 16 : 10;
        int value = 0;
        int from = hex ? 2 : 1;
        if (from == name.length()) {
            throw new NotProven("a malformed XML reference");
        }
        for (int i = from; i < name.length(); i++) {
            int digit = Character.digit(name.charAt(i), radix);
            if (digit < 0 || value > Character.MAX_CODE_POINT) {
                throw new NotProven("a malformed XML reference");
            }
            value = value * radix + digit;
        }
        if (value > Character.MAX_CODE_POINT
                || (value >= Character.MIN_SURROGATE && value <= Character.MAX_SURROGATE)) {
            throw new NotProven("an XML reference to no character");
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

    /** Decoded text is never longer than its source: the shortest reference to a character of n bytes has over n bytes. */
    private void reserve(int room) {
        if (bytes.length < room) {
            bytes = new byte[Math.max(room, bytes.length * 2)];
        }
    }

    /** Reads from all encoded texts of a page together what its bare pluses mean. */
    static final class PlusReader {
        private boolean bare;
        private boolean space20;
        private boolean plus2B;

        void read(byte[] source, int from, int to) {
            for (int i = from; i < to; i++) {
                if (source[i] == '+') {
                    bare = true;
                } else if (source[i] == '%' && to - i >= 3 && source[i + 1] == '2') {
                    space20 |= source[i + 2] == '0';
                    plus2B |= source[i + 2] == 'B' || source[i + 2] == 'b';
                }
            }
        }

        Plus meaning() {
            if (!bare || !space20) {
                return Plus.SPACE;
            }
            return plus2B ? Plus.UNCLEAR : Plus.ITSELF;
        }
    }

    /** Whether {@code bytes[0, length)} is well-formed UTF-8 (Unicode 15, table 3-7). */
    boolean isUtf8() {
        int i = 0;
        while (i < length) {
            int b = bytes[i] & 0xFF;
            if (b < 0x80) {
                i++;
                continue;
            }
            int more = b < 0xC2 ? -1 : b < 0xE0 ? 1 : b < 0xF0 ? 2 : b < 0xF5 ? 3 : -1;
            if (more < 0 || i + more >= length || !isTail(b, bytes[i + 1] & 0xFF)) {
                return false;
            }
            for (int k = 2; k <= more; k++) {
                if ((bytes[i + k] & 0xC0) != 0x80) {
                    return false;
                }
            }
            i += more + 1;
        }
        return true;
    }

    private static boolean isTail(int lead, int second) {
        return switch (lead) {
            case 0xE0 -> second >= 0xA0 && second <= 0xBF;
            case 0xED -> second >= 0x80 && second <= 0x9F;
            case 0xF0 -> second >= 0x90 && second <= 0xBF;
            case 0xF4 -> second >= 0x80 && second <= 0x8F;
            default -> second >= 0x80 && second <= 0xBF;
        };
    }
}

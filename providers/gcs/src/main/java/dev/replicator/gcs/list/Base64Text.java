package dev.replicator.gcs.list;

import java.util.Arrays;

/** Decodes the Base64 of digests where it stands, into a buffer that is used again. Not thread-safe. */
final class Base64Text {
    private static final byte[] VALUES = new byte[128];

    static {
        Arrays.fill(VALUES, (byte) -1);
        String letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int i = 0; i < letters.length(); i++) {
            VALUES[letters.charAt(i)] = (byte) i;
        }
    }

    private final byte[] bytes;

    /** For digests of that many bytes. */
    Base64Text(int bytes) {
        this.bytes = new byte[bytes];
    }

    byte[] bytes() {
        return bytes;
    }

    /** How many characters a digest has, padding included. */
    int characters() {
        return (bytes.length + 2) / 3 * 4;
    }

    /** Decodes the characters from {@code at}; whether they are a digest. */
    boolean decode(byte[] source, int at) {
        int bits = 0;
        int held = 0;
        int next = 0;
        int i = at;
        for (; next < bytes.length; i++) {
            int value = source[i] < 0 ? -1 : VALUES[source[i]];
            if (value < 0) {
                return false;
            }
            bits = bits << 6 | value;
            held += 6;
            if (held >= 8) {
                held -= 8;
                bytes[next++] = (byte) (bits >> held);
            }
        }
        return isPadding(source, i, at + characters());
    }

    private static boolean isPadding(byte[] source, int from, int to) {
        for (int i = from; i < to; i++) {
            if (source[i] != '=') {
                return false;
            }
        }
        return true;
    }
}

package dev.replicator.store;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Byte strings of a page's entries, end to end in one array. Grows; not thread-safe while it does. */
final class ByteColumn {
    private byte[] bytes;
    private int[] ends;

    /** Room for {@code entries} strings of {@code length} bytes. */
    ByteColumn(int entries, int length) {
        bytes = new byte[entries * length];
        ends = new int[entries];
    }

    /** Copies a range as the string of {@code entry}, the one behind the last. */
    void add(int entry, byte[] source, int from, int to) {
        if (entry == ends.length) {
            ends = Arrays.copyOf(ends, entry * 2);
        }
        int at = start(entry);
        int end = at + to - from;
        if (end > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, end));
        }
        System.arraycopy(source, from, bytes, at, to - from);
        ends[entry] = end;
    }

    /** All strings; not to be changed. */
    byte[] bytes() {
        return bytes;
    }

    int start(int entry) {
        return entry == 0 ? 0 : ends[entry - 1];
    }

    int end(int entry) {
        return ends[entry];
    }

    boolean equals(int entry, ByteColumn other, int otherEntry) {
        return Arrays.equals(
                bytes, start(entry), end(entry), other.bytes, other.start(otherEntry), other.end(otherEntry));
    }

    String text(int entry) {
        return new String(bytes, start(entry), end(entry) - start(entry), StandardCharsets.UTF_8);
    }
}

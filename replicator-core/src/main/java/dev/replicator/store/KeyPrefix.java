package dev.replicator.store;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The leading part that a set of keys shares; may be empty. A prefix made by {@link #ofFolder} ends in {@code /}
 * (unless empty), so {@code logs} never covers {@code logs2/a}. Immutable and thread-safe.
 */
public final class KeyPrefix {
    public static final KeyPrefix NONE = new KeyPrefix(new byte[0]);

    private final byte[] bytes;

    private KeyPrefix(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Exactly these characters. */
    public static KeyPrefix of(String text) {
        return text.isEmpty() ? NONE : new KeyPrefix(Utf8.encode(text));
    }

    /** These characters with one {@code /} behind them if they lack it; empty stays empty. */
    public static KeyPrefix ofFolder(String text) {
        return of(text.isEmpty() || text.endsWith("/") ? text : text + "/");
    }

    public KeyPrefix append(KeyPrefix more) {
        byte[] joined = Arrays.copyOf(bytes, bytes.length + more.bytes.length);
        System.arraycopy(more.bytes, 0, joined, bytes.length, more.bytes.length);
        return new KeyPrefix(joined);
    }

    public boolean isEmpty() {
        return bytes.length == 0;
    }

    public int length() {
        return bytes.length;
    }

    /** Whether {@code key[from, to)} starts with this prefix. */
    public boolean isPrefixOf(byte[] key, int from, int to) {
        return to - from >= bytes.length && Arrays.equals(bytes, 0, bytes.length, key, from, from + bytes.length);
    }

    /** Whether every key under {@code other} is under this prefix too. */
    public boolean covers(KeyPrefix other) {
        return isPrefixOf(other.bytes, 0, other.bytes.length);
    }

    void copyTo(byte[] target, int offset) {
        System.arraycopy(bytes, 0, target, offset, bytes.length);
    }

    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeyPrefix prefix && Arrays.equals(bytes, prefix.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return Displays.escaped(text());
    }
}

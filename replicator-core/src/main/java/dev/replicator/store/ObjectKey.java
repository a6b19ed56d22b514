package dev.replicator.store;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The full name of an object in its bucket, or relative to a prefix: one or more bytes, by custom UTF-8.
 *
 * <p>Keys order by unsigned bytes, which is how S3 and GCS list ("UTF-8 binary order", S3 API reference,
 * ListObjectsV2). {@link String#compareTo} orders UTF-16 units and differs for astral characters; it is never used.
 * Immutable and thread-safe.
 */
public final class ObjectKey implements Comparable<ObjectKey> {
    private final byte[] bytes;

    private ObjectKey(byte[] bytes) {
        if (bytes.length == 0) {
            throw new IllegalArgumentException("a key has at least one byte");
        }
        this.bytes = bytes;
    }

    /** The key whose UTF-8 bytes spell {@code text}. Unpaired surrogates are refused. */
    public static ObjectKey of(String text) {
        return new ObjectKey(Utf8.encode(text));
    }

    /** The key of these bytes, copied. */
    public static ObjectKey ofBytes(byte[] bytes) {
        return new ObjectKey(bytes.clone());
    }

    /** The key of {@code bytes[from, to)}, copied. */
    public static ObjectKey ofBytes(byte[] bytes, int from, int to) {
        return new ObjectKey(Arrays.copyOfRange(bytes, from, to));
    }

    /** A copy of the key's bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Length in bytes. */
    public int length() {
        return bytes.length;
    }

    /** Copies the bytes into {@code target} at {@code offset}. */
    void copyTo(byte[] target, int offset) {
        System.arraycopy(bytes, 0, target, offset, bytes.length);
    }

    /** Whether the bytes are well-formed UTF-8, so that {@link #text} loses nothing. */
    public boolean isUtf8() {
        return Utf8.isWellFormed(bytes);
    }

    /** The key as text; malformed bytes become U+FFFD, so this is exact only when {@link #isUtf8}. */
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** The key for people and logs: control, separator and direction-changing characters are escaped as {@code \\u….}. */
    public String display() {
        return Displays.escaped(text());
    }

    /** This key behind {@code prefix}. */
    public ObjectKey prependedBy(KeyPrefix prefix) {
        byte[] joined = new byte[prefix.length() + bytes.length];
        prefix.copyTo(joined, 0);
        copyTo(joined, prefix.length());
        return new ObjectKey(joined);
    }

    public boolean startsWith(KeyPrefix prefix) {
        return prefix.isPrefixOf(bytes, 0, bytes.length);
    }

    /** This key without {@code prefix}; the key must start with it and be longer. */
    public ObjectKey relativeTo(KeyPrefix prefix) {
        if (!startsWith(prefix)) {
            throw new IllegalArgumentException("key " + display() + " is not under prefix " + prefix);
        }
        return new ObjectKey(Arrays.copyOfRange(bytes, prefix.length(), bytes.length));
    }

    @Override
    public int compareTo(ObjectKey other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    /** Compares with {@code other[from, to)} by unsigned bytes. */
    public int compareTo(byte[] other, int from, int to) {
        return Arrays.compareUnsigned(bytes, 0, bytes.length, other, from, to);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ObjectKey key && Arrays.equals(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return display();
    }
}

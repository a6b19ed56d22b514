package dev.replicator.store;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HexFormat;

/** The digests of one algorithm in a page: {@code width} bytes per entry, and which entries have one. */
final class DigestColumn {
    private final int width;
    private final BitSet present = new BitSet();
    private byte[] bytes;

    DigestColumn(int width, int entries) {
        this.width = width;
        bytes = new byte[width * entries];
    }

    /** Copies {@code width} bytes of {@code digest}. */
    void set(int entry, byte[] digest) {
        if (digest.length != width) {
            throw new IllegalArgumentException("a digest of " + digest.length + " bytes instead of " + width);
        }
        int at = entry * width;
        if (at + width > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, at + width));
        }
        System.arraycopy(digest, 0, bytes, at, width);
        present.set(entry);
    }

    boolean has(int entry) {
        return present.get(entry);
    }

    boolean equals(int entry, DigestColumn other, int otherEntry) {
        return Arrays.equals(
                bytes, entry * width, (entry + 1) * width, other.bytes, otherEntry * width, (otherEntry + 1) * width);
    }

    String hex(int entry) {
        return HexFormat.of().formatHex(bytes, entry * width, (entry + 1) * width);
    }
}

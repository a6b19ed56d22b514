package dev.replicator.baseline;

import dev.replicator.store.ObjectKey;
import java.util.Arrays;

/**
 * A key of one of a job's prefix pairs, relative to that pair. Orders by pair, then by unsigned bytes.
 *
 * @param pair index of the prefix pair, from 0
 */
record BaselineKey(int pair, ObjectKey key) implements Comparable<BaselineKey> {
    private static final int PAIR_BYTES = 4;

    /** Pair and key in one, in the same order. */
    ObjectKey joined() {
        byte[] bytes = key.bytes();
        byte[] joined = new byte[PAIR_BYTES + bytes.length];
        for (int i = 0; i < PAIR_BYTES; i++) {
            joined[i] = (byte) (pair >>> 8 * (PAIR_BYTES - 1 - i));
        }
        System.arraycopy(bytes, 0, joined, PAIR_BYTES, bytes.length);
        return ObjectKey.ofBytes(joined);
    }

    static BaselineKey ofJoined(ObjectKey joined) {
        byte[] bytes = joined.bytes();
        int pair = 0;
        for (int i = 0; i < PAIR_BYTES; i++) {
            pair = pair << 8 | bytes[i] & 0xFF;
        }
        return new BaselineKey(pair, ObjectKey.ofBytes(Arrays.copyOfRange(bytes, PAIR_BYTES, bytes.length)));
    }

    @Override
    public int compareTo(BaselineKey other) {
        return pair != other.pair ? Integer.compare(pair, other.pair) : key.compareTo(other.key);
    }
}

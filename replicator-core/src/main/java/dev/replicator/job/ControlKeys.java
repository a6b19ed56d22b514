package dev.replicator.job;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Keys of our own: any with a {@code .replicator} segment. Never listed, compared, copied or deleted by a run. */
public final class ControlKeys {
    public static final String SEGMENT = ".replicator";

    private static final byte[] BYTES = SEGMENT.getBytes(StandardCharsets.US_ASCII);

    private ControlKeys() {}

    /** Whether {@code key[from, to)} has a segment that is exactly {@code .replicator}. */
    public static boolean isControl(byte[] key, int from, int to) {
        int start = from;
        for (int i = from; i <= to; i++) {
            if (i == to || key[i] == '/') {
                if (i - start == BYTES.length && Arrays.equals(key, start, i, BYTES, 0, BYTES.length)) {
                    return true;
                }
                start = i + 1;
            }
        }
        return false;
    }
}

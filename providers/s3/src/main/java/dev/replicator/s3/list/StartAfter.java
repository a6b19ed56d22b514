package dev.replicator.s3.list;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What can be sent as {@code start-after}: text of at most 1,024 bytes of UTF-8. A bound that is no such text is
 * replaced by the longest leading part that is; it sorts at or before the bound, and what it lets through is cut off.
 */
final class StartAfter {
    private static final int MAX = 1_024;

    private StartAfter() {}

    /** The longest sendable leading part of {@code bound}. */
    static byte[] atMost(byte[] bound) {
        int length = Math.min(bound.length, MAX);
        while (length > 0 && !isText(bound, length)) {
            length--;
        }
        return Arrays.copyOf(bound, length);
    }

    static boolean isExact(byte[] bound) {
        return bound.length <= MAX && isText(bound, bound.length);
    }

    /** {@code bound} as text; only exact bounds are. */
    static String text(byte[] bound) {
        return isExact(bound) ? new String(bound, StandardCharsets.UTF_8) : "";
    }

    private static boolean isText(byte[] bytes, int length) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}

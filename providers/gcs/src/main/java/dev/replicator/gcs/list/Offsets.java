package dev.replicator.gcs.list;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * The bounds {@code (lo, hi]} as the service takes them: {@code startOffset} is inclusive, {@code endOffset} exclusive,
 * and both are text of at most 1,024 bytes of UTF-8. What is sent spans the range or a little more; the rest is cut off.
 */
final class Offsets {
    private static final int MAX = 1_024;

    private Offsets() {}

    /** The longest leading part of {@code bound} that can be sent; it sorts at or before the bound. */
    static byte[] atMost(byte[] bound) {
        int length = Math.min(bound.length, MAX);
        while (length > 0 && !isText(bound, length)) {
            length--;
        }
        return Arrays.copyOf(bound, length);
    }

    /**
     * Text that sorts behind {@code bound} and before every longer key that has a printable character behind it; empty
     * where there is none to send. (A NUL would be exact, but control characters in addresses ask for trouble.)
     */
    static Optional<String> behind(byte[] bound) {
        return bound.length < MAX && isText(bound, bound.length)
                ? Optional.of(new String(bound, StandardCharsets.UTF_8) + " ")
                : Optional.empty();
    }

    static boolean isExact(byte[] bound) {
        return bound.length <= MAX && isText(bound, bound.length);
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

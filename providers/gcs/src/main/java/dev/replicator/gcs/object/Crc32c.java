package dev.replicator.gcs.object;

import dev.replicator.store.Fingerprint;
import dev.replicator.store.Fingerprint.Algorithm;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A CRC32C with the number of bytes that it is of, so that those of adjoining ranges make that of both (the way of zlib's
 * {@code crc32_combine}). Immutable.
 */
record Crc32c(int value, long length) {
    static final Crc32c EMPTY = new Crc32c(0, 0);

    /** Castagnoli's polynomial, bits reversed. */
    private static final int POLYNOMIAL = 0x82F63B78;

    static Crc32c of(byte[] bytes, int from, int count) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, count);
        return new Crc32c((int) crc.getValue(), count);
    }

    /** Of these bytes followed by {@code next}'s. */
    Crc32c then(Crc32c next) {
        return new Crc32c(shifted(value, next.length) ^ next.value, length + next.length);
    }

    /** {@code crc} as it is with that many zero bytes behind it. */
    private static int shifted(int crc, long bytes) {
        int result = crc;
        int[] power = ofOneZeroByte();
        for (long left = bytes; left > 0; left >>>= 1) {
            if ((left & 1) == 1) {
                result = times(power, result);
            }
            power = squared(power);
        }
        return result;
    }

    private static int[] ofOneZeroByte() {
        int[] bit = new int[32];
        bit[0] = POLYNOMIAL;
        for (int i = 1; i < 32; i++) {
            bit[i] = 1 << (i - 1);
        }
        return squared(squared(squared(bit)));
    }

    private static int times(int[] matrix, int vector) {
        int sum = 0;
        for (int i = 0, left = vector; left != 0; i++, left >>>= 1) {
            if ((left & 1) == 1) {
                sum ^= matrix[i];
            }
        }
        return sum;
    }

    private static int[] squared(int[] matrix) {
        int[] square = new int[32];
        for (int i = 0; i < 32; i++) {
            square[i] = times(matrix, matrix[i]);
        }
        return square;
    }

    /** As the API writes it: Base64 of the four bytes, most significant first. */
    String base64() {
        return Base64.getEncoder()
                .encodeToString(ByteBuffer.allocate(4).putInt(value).array());
    }

    Fingerprint fingerprint() {
        return new Fingerprint(Algorithm.CRC32C, String.format("%08x", value));
    }

    /** What the API wrote; empty where there is nothing of that form. */
    static Optional<Integer> parsed(@Nullable String base64) {
        byte[] bytes = Digests.decoded(base64);
        return bytes.length == 4 ? Optional.of(ByteBuffer.wrap(bytes).getInt()) : Optional.empty();
    }
}

package dev.replicator.testkit.gcs.store;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.CRC32C;

/** CRC32C values as GCS writes them, and their combination for bytes in a row. */
public final class Crc32c {
    private static final int POLYNOMIAL = 0x82F63B78;

    private Crc32c() {}

    /** Base64 of the four bytes, the highest first. */
    public static String encode(int crc) {
        return Base64.getEncoder()
                .encodeToString(ByteBuffer.allocate(4).putInt(crc).array());
    }

    /** The crc of an array, encoded. */
    public static String of(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, bytes.length);
        return encode((int) crc.getValue());
    }

    /** The crc of {@code first} followed by {@code second}, of which the latter has this many bytes. */
    static int combine(int first, int second, long secondLength) {
        int[] shift = new int[32];
        shift[0] = POLYNOMIAL;
        for (int bit = 1; bit < 32; bit++) {
            shift[bit] = 1 << (bit - 1);
        }
        int[] operator = square(square(square(shift)));
        int crc = first;
        for (long left = secondLength; left > 0; left >>= 1) {
            if ((left & 1) == 1) {
                crc = times(operator, crc);
            }
            operator = square(operator);
        }
        return crc ^ second;
    }

    private static int times(int[] matrix, int vector) {
        int product = 0;
        int left = vector;
        for (int bit = 0; left != 0; bit++, left >>>= 1) {
            if ((left & 1) == 1) {
                product ^= matrix[bit];
            }
        }
        return product;
    }

    private static int[] square(int[] matrix) {
        int[] square = new int[32];
        for (int bit = 0; bit < 32; bit++) {
            square[bit] = times(matrix, matrix[bit]);
        }
        return square;
    }
}

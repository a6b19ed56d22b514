package dev.replicator.store.digest;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.Checksum;

/**
 * CRC-64/NVME as S3 computes it (reflected polynomial 0x9A6C9329AC4BC9B5), the default checksum of new S3 objects; eight
 * bytes at a time by as many tables ("slicing-by-8", Kounavis and Berry 2005).
 */
final class Crc64Nvme implements Checksum {
    static final long POLYNOMIAL = 0x9A6C9329AC4BC9B5L;

    private static final int SLICES = 8;
    private static final long[][] TABLES = new long[SLICES][256];
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    static {
        for (int i = 0; i < 256; i++) {
            long crc = i;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 1 ? crc >>> 1 ^ POLYNOMIAL : crc >>> 1;
            }
            TABLES[0][i] = crc;
        }
        for (int slice = 1; slice < SLICES; slice++) {
            for (int i = 0; i < 256; i++) {
                long before = TABLES[slice - 1][i];
                TABLES[slice][i] = before >>> 8 ^ TABLES[0][(int) before & 0xFF];
            }
        }
    }

    private long crc = -1L;

    @Override
    public void update(int value) {
        crc = TABLES[0][(int) (crc ^ value) & 0xFF] ^ crc >>> 8;
    }

    @Override
    public void update(byte[] bytes, int offset, int length) {
        int at = offset;
        int end = offset + length;
        for (; at + SLICES <= end; at += SLICES) {
            long mixed = crc ^ (long) LONGS.get(bytes, at);
            long next = 0;
            for (int slice = 0; slice < SLICES; slice++) {
                next ^= TABLES[SLICES - 1 - slice][(int) (mixed >>> 8 * slice) & 0xFF];
            }
            crc = next;
        }
        for (; at < end; at++) {
            update(bytes[at]);
        }
    }

    @Override
    public long getValue() {
        return ~crc;
    }

    @Override
    public void reset() {
        crc = -1L;
    }
}

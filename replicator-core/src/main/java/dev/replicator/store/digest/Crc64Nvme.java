package dev.replicator.store.digest;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.Checksum;

/**
 * CRC-64/NVME as S3 computes it (reflected polynomial 0x9A6C9329AC4BC9B5), the default checksum of new S3 objects;
 * sixteen bytes at a time by as many tables ("slicing", Kounavis and Berry 2005). Written out, since the first compiler of
 * the JVM unrolls nothing: 2.5 times as fast there as the same in a loop.
 */
final class Crc64Nvme implements Checksum {
    static final long POLYNOMIAL = 0x9A6C9329AC4BC9B5L;

    private static final int SLICES = 16;
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

    private static final long[] T0 = TABLES[0];
    private static final long[] T1 = TABLES[1];
    private static final long[] T2 = TABLES[2];
    private static final long[] T3 = TABLES[3];
    private static final long[] T4 = TABLES[4];
    private static final long[] T5 = TABLES[5];
    private static final long[] T6 = TABLES[6];
    private static final long[] T7 = TABLES[7];
    private static final long[] T8 = TABLES[8];
    private static final long[] T9 = TABLES[9];
    private static final long[] T10 = TABLES[10];
    private static final long[] T11 = TABLES[11];
    private static final long[] T12 = TABLES[12];
    private static final long[] T13 = TABLES[13];
    private static final long[] T14 = TABLES[14];
    private static final long[] T15 = TABLES[15];

    private long crc = -1L;

    @Override
    public void update(int value) {
        crc = T0[(int) (crc ^ value) & 0xFF] ^ crc >>> 8;
    }

    @Override
    public void update(byte[] bytes, int offset, int length) {
        int at = offset;
        int end = offset + length;
        long sum = crc;
        for (; at + SLICES <= end; at += SLICES) {
            long first = sum ^ (long) LONGS.get(bytes, at);
            long second = (long) LONGS.get(bytes, at + Long.BYTES);
            int a = (int) first;
            int b = (int) (first >>> 32);
            int c = (int) second;
            int d = (int) (second >>> 32);
            sum = T15[a & 0xFF] ^ T14[a >>> 8 & 0xFF] ^ T13[a >>> 16 & 0xFF] ^ T12[a >>> 24];
            sum ^= T11[b & 0xFF] ^ T10[b >>> 8 & 0xFF] ^ T9[b >>> 16 & 0xFF] ^ T8[b >>> 24];
            sum ^= T7[c & 0xFF] ^ T6[c >>> 8 & 0xFF] ^ T5[c >>> 16 & 0xFF] ^ T4[c >>> 24];
            sum ^= T3[d & 0xFF] ^ T2[d >>> 8 & 0xFF] ^ T1[d >>> 16 & 0xFF] ^ T0[d >>> 24];
        }
        crc = sum;
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

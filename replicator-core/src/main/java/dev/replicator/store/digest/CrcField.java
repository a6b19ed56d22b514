package dev.replicator.store.digest;

import dev.replicator.store.Fingerprint.Algorithm;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Polynomials over GF(2) modulo a CRC's own, reflected: the highest bit is the coefficient of 1. Behind it is the
 * arithmetic that zlib's {@code crc32_combine} uses: appending n bytes multiplies the CRC of what is before them by x to
 * the power of 8n. Immutable.
 *
 * @param polynomial reflected
 * @param bits 32 or 64
 */
public record CrcField(long polynomial, int bits) {
    private static final CrcField CRC32 = new CrcField(0xEDB88320L, 32);
    private static final CrcField CRC32C = new CrcField(0x82F63B78L, 32);
    private static final CrcField CRC64NVME = new CrcField(Crc64Nvme.POLYNOMIAL, 64);

    /** The field of that algorithm; empty where it is no CRC. */
    public static Optional<CrcField> of(Algorithm algorithm) {
        return switch (algorithm) {
            case CRC32 -> Optional.of(CRC32);
            case CRC32C -> Optional.of(CRC32C);
            case CRC64NVME -> Optional.of(CRC64NVME);
            case MD5, SHA1, SHA256, ETAG -> Optional.empty();
        };
    }

    /** The CRC of content with {@code length} bytes behind it whose own is {@code tail}. */
    public long appended(long head, long tail, long length) {
        return times(powerOfX(8, length), head) ^ tail;
    }

    String hex(long crc) {
        return HexFormat.of().toHexDigits(crc, bits / 4);
    }

    private long one() {
        return 1L << bits - 1;
    }

    /** x to the power of {@code factor * count}, by squaring. */
    private long powerOfX(int factor, long count) {
        long square = one() >>> 1;
        for (int doubled = factor; doubled > 1; doubled /= 2) {
            square = times(square, square);
        }
        long power = one();
        for (long left = count; left != 0; left >>>= 1) {
            power = (left & 1) == 1 ? times(power, square) : power;
            square = times(square, square);
        }
        return power;
    }

    private long times(long one, long other) {
        long product = 0;
        long shifted = other;
        for (long bit = one(); bit != 0; bit >>>= 1) {
            product ^= (one & bit) == 0 ? 0 : shifted;
            shifted = (shifted & 1) == 1 ? shifted >>> 1 ^ polynomial : shifted >>> 1;
        }
        return product;
    }
}

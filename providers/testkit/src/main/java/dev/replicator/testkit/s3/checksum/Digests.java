package dev.replicator.testkit.s3.checksum;

import java.util.HexFormat;

/** Short names for the two digests the protocol itself rests on. */
public final class Digests {
    private static final HexFormat HEX = HexFormat.of();

    private Digests() {}

    public static byte[] md5(byte[] bytes) {
        Digester digester = ChecksumAlgorithm.digester("MD5");
        digester.write(bytes, 0, bytes.length);
        return digester.digest();
    }

    public static String sha256Hex(byte[] bytes) {
        return hex(ChecksumAlgorithm.SHA256.digest(bytes));
    }

    public static String hex(byte[] bytes) {
        return HEX.formatHex(bytes);
    }
}

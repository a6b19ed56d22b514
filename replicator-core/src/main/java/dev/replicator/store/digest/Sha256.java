package dev.replicator.store.digest;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of bytes at hand, as lower-case hex. */
public final class Sha256 {
    private Sha256() {}

    /** All 64 digits. */
    public static String hex(byte[] bytes) {
        return hex(bytes, 32);
    }

    /** The digits of the digest's first so many bytes: 1 to 32. */
    public static String hex(byte[] bytes, int kept) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, kept);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}

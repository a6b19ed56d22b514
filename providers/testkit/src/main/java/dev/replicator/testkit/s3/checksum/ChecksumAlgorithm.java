package dev.replicator.testkit.s3.checksum;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/** The checksums S3 knows, named as in its {@code x-amz-checksum-*} headers and {@code Checksum*} elements. */
public enum ChecksumAlgorithm {
    CRC32(4, true),
    CRC32C(4, true),
    CRC64NVME(8, true),
    SHA1(20, false),
    SHA256(32, false);

    private final int length;
    private final boolean composable;

    ChecksumAlgorithm(int length, boolean composable) {
        this.length = length;
        this.composable = composable;
    }

    /** The header that carries a value, in lower case. */
    public String header() {
        return "x-amz-checksum-" + name().toLowerCase(Locale.ROOT);
    }

    /** The XML element that carries a value. */
    public String element() {
        return "Checksum" + name();
    }

    /** How many bytes a value has. */
    public int length() {
        return length;
    }

    /** Whether S3 offers the type FULL_OBJECT for a multipart upload. */
    public boolean allowsFullObject() {
        return composable;
    }

    /** Whether S3 offers the type COMPOSITE for a multipart upload. */
    public boolean allowsComposite() {
        return this != CRC64NVME;
    }

    /** A new digester. */
    public Digester digester() {
        return switch (this) {
            case CRC32 -> of(new CRC32());
            case CRC32C -> of(new CRC32C());
            case CRC64NVME -> of(new Crc64Nvme());
            case SHA1 -> digester("SHA-1");
            case SHA256 -> digester("SHA-256");
        };
    }

    /** The digest of an array. */
    public byte[] digest(byte[] bytes) {
        Digester digester = digester();
        digester.write(bytes, 0, bytes.length);
        return digester.digest();
    }

    /** The algorithm of this name in any case, as in {@code x-amz-checksum-algorithm}. */
    public static Optional<ChecksumAlgorithm> named(String name) {
        return Arrays.stream(values())
                .filter(algorithm -> algorithm.name().equalsIgnoreCase(name))
                .findFirst();
    }

    /** A digester of one of the JDK's message digests. */
    public static Digester digester(String name) {
        MessageDigest digest = messageDigest(name);
        return new Digester() {
            @Override
            public void write(byte[] bytes, int offset, int count) {
                digest.update(bytes, offset, count);
            }

            @Override
            public byte[] digest() {
                return digest.digest();
            }
        };
    }

    private Digester of(Checksum checksum) {
        return new Digester() {
            @Override
            public void write(byte[] bytes, int offset, int count) {
                checksum.update(bytes, offset, count);
            }

            @Override
            public byte[] digest() {
                byte[] eight =
                        ByteBuffer.allocate(8).putLong(checksum.getValue()).array();
                return Arrays.copyOfRange(eight, 8 - length, 8);
            }
        };
    }

    private static MessageDigest messageDigest(String name) {
        try {
            return MessageDigest.getInstance(name);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + name, e);
        }
    }
}

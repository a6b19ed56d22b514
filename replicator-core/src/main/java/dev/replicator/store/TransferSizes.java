package dev.replicator.store;

/**
 * When objects move in parts, in bytes.
 *
 * @param multipartCopy server-side copies above it go part by part; at most 5 GiB, S3's limit of one CopyObject
 * @param multipartUpload streamed and uploaded objects above it go part by part
 * @param part size of a part, 5 MiB or more; raised where an object would need over 10,000
 */
public record TransferSizes(long multipartCopy, long multipartUpload, long part) {
    private static final long MIB = 1L << 20;
    public static final long MAX_COPY = 5L << 30;
    public static final int MAX_PARTS = 10_000;
    /** Parts of one object that are on their way at once, at most. */
    public static final int PARTS_AT_ONCE = 4;

    public static final TransferSizes DEFAULT = new TransferSizes(MAX_COPY, 16 * MIB, 16 * MIB);

    public TransferSizes {
        if (multipartCopy < 1 || multipartCopy > MAX_COPY || multipartUpload < 1 || part < 1) {
            throw new IllegalArgumentException("multipart thresholds must be positive, and 5 GiB at most for copies");
        }
    }

    /** The size of the parts of an object of {@code size} bytes. */
    public long partOf(long size) {
        long least = (size + MAX_PARTS - 1) / MAX_PARTS;
        return Math.max(part, (least + MIB - 1) / MIB * MIB);
    }
}

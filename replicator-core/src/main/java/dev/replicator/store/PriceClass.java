package dev.replicator.store;

/**
 * How services bill requests: the dear ones, the cheap ones, and those that cost nothing. What each costs changes, so
 * nothing here knows a price.
 *
 * @see <a href="https://aws.amazon.com/s3/pricing/">Amazon S3 pricing, requests</a>
 * @see <a href="https://cloud.google.com/storage/pricing#operations-by-class">Cloud Storage pricing, operations</a>
 */
public enum PriceClass {
    /** S3's {@code PUT, COPY, POST, LIST}; Cloud Storage's class A. */
    WRITES,
    /** S3's {@code GET, SELECT} and all others; Cloud Storage's class B. */
    READS,
    /** Deletes, on both. */
    FREE;

    public static PriceClass of(RequestKind kind) {
        return switch (kind) {
            case LIST, PUT, COPY, MULTIPART -> WRITES;
            case HEAD, GET, TAGS, OTHER -> READS;
            case DELETE -> FREE;
        };
    }
}

package dev.replicator.testkit.s3.store;

import java.util.function.Predicate;

/** How a bucket behaves: whether requesters must say that they pay, and whose objects' KMS keys are denied. */
public record BucketSettings(boolean requesterPays, boolean kmsByDefault, Predicate<String> kmsDenied) {
    /** An ordinary bucket. */
    public static final BucketSettings ORDINARY = new BucketSettings(false, false, key -> false);

    public BucketSettings withRequesterPays() {
        return new BucketSettings(true, kmsByDefault, kmsDenied);
    }

    /** Objects that ask for no encryption are encrypted with a KMS key, so their ETag is no MD5. */
    public BucketSettings withKmsByDefault() {
        return new BucketSettings(requesterPays, true, kmsDenied);
    }

    /** KMS-encrypted objects of these keys cannot be read. */
    public BucketSettings withKmsDenied(Predicate<String> keys) {
        return new BucketSettings(requesterPays, kmsByDefault, keys);
    }
}

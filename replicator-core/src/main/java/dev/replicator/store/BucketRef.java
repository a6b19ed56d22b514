package dev.replicator.store;

/**
 * Which bucket, as which client sees it.
 *
 * @param scheme {@code s3}, {@code gs}, {@code file}, {@code memory}
 * @param endpoint host and port or empty for the service's own
 * @param region empty where it means nothing
 * @param bucket bucket name, or the directory's absolute path
 * @param identity what tells two sets of credentials apart without showing them (a profile's name, a role); may be empty
 */
public record BucketRef(String scheme, String endpoint, String region, String bucket, String identity) {
    /** {@code s3://bucket}; the endpoint is left out. */
    @Override
    public String toString() {
        return scheme + "://" + bucket;
    }

    /** Whether both name the same bucket, whoever asks. Aliases of one bucket under two names are not seen. */
    public boolean sameBucketAs(BucketRef other) {
        return scheme.equals(other.scheme) && endpoint.equals(other.endpoint) && bucket.equals(other.bucket);
    }
}

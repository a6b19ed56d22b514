package dev.replicator.store;

import java.util.Optional;
import java.util.Set;

/**
 * How to open a bucket. Credentials are never here: the SDK's chains find them.
 *
 * @param endpoint full URL of a compatible server; absent: the SDK's own variables ({@code AWS_ENDPOINT_URL_S3}, …)
 * @param region absent: the SDK's chain
 * @param profile named profile of the SDK's files
 * @param roleArn role to assume
 * @param pathStyle AUTO means path style where the endpoint's host is an IP address or localhost
 * @param checksums when request checksums are sent
 * @param requesterPays agree to pay for requests
 * @param expectedBucketOwner account id the bucket must belong to
 * @param capabilities what the store can do, overriding what is known of its host; absent: the table of known hosts
 * @param links what a directory does with symbolic links
 * @param sizes thresholds of multipart transfers
 * @param project the Google Cloud project that pays for requests, where the requester does
 */
public record StoreSettings(
        StoreUri uri,
        Optional<String> endpoint,
        Optional<String> region,
        Optional<String> profile,
        Optional<String> roleArn,
        PathStyle pathStyle,
        Checksums checksums,
        boolean requesterPays,
        Optional<String> expectedBucketOwner,
        WriteSettings write,
        Optional<Set<Capability>> capabilities,
        Links links,
        TransferSizes sizes,
        Optional<String> project) {

    /** How the bucket is addressed. */
    public enum PathStyle {
        AUTO,
        ALWAYS,
        NEVER
    }

    /** When the client adds checksums of its own to requests. */
    public enum Checksums {
        WHEN_SUPPORTED,
        WHEN_REQUIRED
    }

    /** What a directory does with symbolic links. */
    public enum Links {
        SKIP,
        /** Follows links that stay inside the root. */
        FOLLOW
    }

    public StoreSettings {
        capabilities = capabilities.map(Set::copyOf);
    }

    public static StoreSettings of(StoreUri uri) {
        return new StoreSettings(
                uri,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                PathStyle.AUTO,
                Checksums.WHEN_SUPPORTED,
                false,
                Optional.empty(),
                WriteSettings.NONE,
                Optional.empty(),
                Links.SKIP,
                TransferSizes.DEFAULT,
                Optional.empty());
    }

    public StoreSettings withEndpoint(String value) {
        return new StoreSettings(
                uri,
                Optional.of(value),
                region,
                profile,
                roleArn,
                pathStyle,
                checksums,
                requesterPays,
                expectedBucketOwner,
                write,
                capabilities,
                links,
                sizes,
                project);
    }

    public StoreSettings withRegion(String value) {
        return new StoreSettings(
                uri,
                endpoint,
                Optional.of(value),
                profile,
                roleArn,
                pathStyle,
                checksums,
                requesterPays,
                expectedBucketOwner,
                write,
                capabilities,
                links,
                sizes,
                project);
    }

    public StoreSettings withCapabilities(Set<Capability> value) {
        return new StoreSettings(
                uri,
                endpoint,
                region,
                profile,
                roleArn,
                pathStyle,
                checksums,
                requesterPays,
                expectedBucketOwner,
                write,
                Optional.of(value),
                links,
                sizes,
                project);
    }

    public StoreSettings withChecksums(Checksums value) {
        return new StoreSettings(
                uri,
                endpoint,
                region,
                profile,
                roleArn,
                pathStyle,
                value,
                requesterPays,
                expectedBucketOwner,
                write,
                capabilities,
                links,
                sizes,
                project);
    }

    public StoreSettings withSizes(TransferSizes value) {
        return new StoreSettings(
                uri,
                endpoint,
                region,
                profile,
                roleArn,
                pathStyle,
                checksums,
                requesterPays,
                expectedBucketOwner,
                write,
                capabilities,
                links,
                value,
                project);
    }

    public StoreSettings withLinks(Links value) {
        return new StoreSettings(
                uri,
                endpoint,
                region,
                profile,
                roleArn,
                pathStyle,
                checksums,
                requesterPays,
                expectedBucketOwner,
                write,
                capabilities,
                value,
                sizes,
                project);
    }

    public StoreSettings withUri(StoreUri value) {
        return new StoreSettings(
                value,
                endpoint,
                region,
                profile,
                roleArn,
                pathStyle,
                checksums,
                requesterPays,
                expectedBucketOwner,
                write,
                capabilities,
                links,
                sizes,
                project);
    }

    public StoreSettings withProject(String value) {
        return new StoreSettings(
                uri,
                endpoint,
                region,
                profile,
                roleArn,
                pathStyle,
                checksums,
                requesterPays,
                expectedBucketOwner,
                write,
                capabilities,
                links,
                sizes,
                Optional.of(value));
    }
}

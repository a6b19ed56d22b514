package dev.replicator.s3;

import dev.replicator.store.Capability;
import dev.replicator.store.KeyPrefix;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.RequestMeter;
import dev.replicator.store.RetrySettings;
import dev.replicator.store.StoreContext;
import dev.replicator.store.StoreSettings;
import dev.replicator.store.StoreSettings.Checksums;
import dev.replicator.store.StoreUri;
import dev.replicator.store.TransferSizes;
import dev.replicator.testkit.contract.StoreHarness;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** The provider on two fresh buckets of a server that is reached by the SDK for what happens behind its back. */
final class S3Harness implements StoreHarness {
    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final RetrySettings QUICK =
            new RetrySettings(3, Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofSeconds(30));

    private final Server server;
    private final S3Client admin;
    private final String bucket;
    private final String other;
    private final ObjectStore store;
    private final ObjectStore neighbour;

    /**
     * A server under test.
     *
     * @param capabilities that are declared for it
     * @param holds which keys it can hold at all
     * @param holdsTogether which pairs of them it can hold at once
     */
    record Server(
            URI endpoint,
            String accessKey,
            String secretKey,
            Set<Capability> capabilities,
            Checksums checksums,
            TransferSizes sizes,
            Predicate<ObjectKey> holds,
            BiPredicate<ObjectKey, ObjectKey> holdsTogether) {}

    S3Harness(Server server) {
        this.server = server;
        admin = S3Client.builder()
                .endpointOverride(server.endpoint())
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .httpClientBuilder(Apache5HttpClient.builder())
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(server.accessKey(), server.secretKey())))
                .build();
        int number = NUMBERS.incrementAndGet();
        bucket = "contract-" + number + "-store";
        other = "contract-" + number + "-neighbour";
        admin.createBucket(request -> request.bucket(bucket));
        admin.createBucket(request -> request.bucket(other));
        store = open(server, bucket, new RequestMeter());
        neighbour = open(server, other, new RequestMeter());
    }

    static ObjectStore open(Server server, String bucket, RequestMeter meter) {
        return open(settings(server, bucket), server, meter);
    }

    static StoreSettings settings(Server server, String bucket) {
        return StoreSettings.of(new StoreUri("s3", bucket, KeyPrefix.NONE))
                .withEndpoint(server.endpoint().toString())
                .withCapabilities(server.capabilities())
                .withChecksums(server.checksums())
                .withSizes(server.sizes());
    }

    static ObjectStore open(StoreSettings settings, Server server, RequestMeter meter) {
        return new S3StoreProvider()
                .open(settings, new StoreContext(meter, Clock.systemUTC(), environment(server), QUICK));
    }

    /** Credentials, and nothing of this machine's. */
    static Map<String, String> environment(Server server) {
        return Map.of(
                "AWS_ACCESS_KEY_ID",
                server.accessKey(),
                "AWS_SECRET_ACCESS_KEY",
                server.secretKey(),
                "AWS_CONFIG_FILE",
                "/nonexistent",
                "AWS_SHARED_CREDENTIALS_FILE",
                "/nonexistent");
    }

    @Override
    public ObjectStore store() {
        return store;
    }

    @Override
    public ObjectStore another() {
        return open(server, bucket, new RequestMeter());
    }

    @Override
    public ObjectStore neighbour() {
        return neighbour;
    }

    @Override
    public ObjectStore missing() {
        return open(server, bucket + "-missing", new RequestMeter());
    }

    @Override
    public Set<Capability> capabilities() {
        return server.capabilities();
    }

    @Override
    public void put(ObjectKey key, byte[] bytes, ObjectMetadata metadata) {
        admin.putObject(
                request -> request.bucket(bucket)
                        .key(key.text())
                        .contentType(metadata.contentType().orElse(null))
                        .metadata(metadata.user()),
                RequestBody.fromBytes(bytes));
    }

    @Override
    public void remove(ObjectKey key) {
        admin.deleteObject(request -> request.bucket(bucket).key(key.text()));
    }

    @Override
    public boolean holds(ObjectKey key) {
        return key.isUtf8() && key.length() <= 1_024 && server.holds().test(key);
    }

    @Override
    public boolean holdsTogether(ObjectKey one, ObjectKey other) {
        return server.holdsTogether().test(one, other);
    }

    @Override
    public TransferSizes sizes() {
        return server.sizes();
    }

    @Override
    public Set<String> secrets() {
        return Set.of(server.accessKey(), server.secretKey());
    }

    @Override
    public void close() {
        store.close();
        neighbour.close();
        admin.close();
    }
}

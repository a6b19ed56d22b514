package dev.replicator.tests.pairs;

import dev.replicator.store.Capability;
import dev.replicator.store.KeyPrefix;
import dev.replicator.store.StoreSettings;
import dev.replicator.store.StoreUri;
import dev.replicator.store.TransferSizes;
import dev.replicator.testkit.s3.FakeS3;
import dev.replicator.testkit.s3.log.LoggedRequest;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.Collectors;

/** A bucket of a strict fake, which can all that Amazon can. */
record S3Side(FakeS3 server, String bucket, TransferSizes sizes) implements Side {
    @Override
    public StoreSettings settings() {
        return StoreSettings.of(new StoreUri("s3", bucket, KeyPrefix.NONE))
                .withEndpoint(server.endpoint().toString())
                .withRegion(server.options().region())
                .withCapabilities(EnumSet.complementOf(EnumSet.of(Capability.KEEPS_MODIFIED)))
                .withSizes(sizes);
    }

    @Override
    public void put(String key, byte[] content) {
        server.put(bucket, key, content);
    }

    @Override
    public void describe(String key, Map<String, String> user) {
        server.setAttributes(bucket, key, attributes -> attributes.withMetadata(user));
    }

    @Override
    public void remove(String key) {
        server.delete(bucket, key);
    }

    @Override
    public void date(String key, Instant modified) {
        server.setLastModified(bucket, key, modified);
    }

    @Override
    public Instant modified(String key) {
        return server.find(bucket, key).orElseThrow().lastModified();
    }

    @Override
    public Optional<byte[]> get(String key) {
        return server.get(bucket, key);
    }

    @Override
    public Map<String, String> user(String key) {
        return Names.withoutOurs(
                server.find(bucket, key).orElseThrow().attributes().metadata());
    }

    @Override
    public SortedSet<String> keys() {
        return Names.withoutOurs(server.keys(bucket));
    }

    @Override
    public void watch() {
        server.log().reset();
    }

    @Override
    public String writes() {
        return server.log().mutations().stream()
                .filter(request -> request.bucket().equals(bucket) && !Names.isOurs(request.key()))
                .map((LoggedRequest request) -> request.operation() + " " + request.key())
                .collect(Collectors.joining(", "));
    }
}

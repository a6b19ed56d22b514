package dev.replicator.tests.pairs;

import dev.replicator.store.Capability;
import dev.replicator.store.KeyPrefix;
import dev.replicator.store.StoreSettings;
import dev.replicator.store.StoreUri;
import dev.replicator.store.TransferSizes;
import dev.replicator.testkit.gcs.FakeGcs;
import dev.replicator.testkit.gcs.log.LoggedRequest;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.Collectors;

/** A bucket of a strict fake, which can all that Google can. */
record GcsSide(FakeGcs server, String bucket, TransferSizes sizes) implements Side {
    @Override
    public StoreSettings settings() {
        return StoreSettings.of(new StoreUri("gs", bucket, KeyPrefix.NONE))
                .withEndpoint(server.endpoint().toString())
                .withCapabilities(
                        EnumSet.complementOf(EnumSet.of(Capability.KEEPS_MODIFIED, Capability.TAGS, Capability.ETAGS)))
                .withSizes(sizes);
    }

    @Override
    public void put(String key, byte[] content) {
        server.put(bucket, key, content);
    }

    @Override
    public void describe(String key, Map<String, String> user) {
        server.patch(bucket, key, fields -> fields.withMetadata(user));
    }

    @Override
    public void remove(String key) {
        server.delete(bucket, key);
    }

    @Override
    public void date(String key, Instant modified) {
        server.setTimeCreated(bucket, key, modified);
    }

    @Override
    public Instant modified(String key) {
        return server.find(bucket, key).orElseThrow().created();
    }

    @Override
    public Optional<byte[]> get(String key) {
        return server.get(bucket, key);
    }

    @Override
    public Map<String, String> user(String key) {
        return Names.withoutOurs(server.find(bucket, key).orElseThrow().fields().metadata());
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

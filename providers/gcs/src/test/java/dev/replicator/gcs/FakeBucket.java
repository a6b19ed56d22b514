package dev.replicator.gcs;

import dev.replicator.store.BucketRef;
import dev.replicator.store.ListRequest;
import dev.replicator.store.Listing;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.Page;
import dev.replicator.store.RequestKind;
import dev.replicator.store.RequestMeter;
import dev.replicator.store.StoreSettings;
import dev.replicator.testkit.gcs.FakeGcs;
import dev.replicator.testkit.gcs.FakeGcsOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A strict fake with two buckets, and the provider on the first; for tests that cause trouble and count requests. */
final class FakeBucket implements AutoCloseable {
    static final String BUCKET = "photos";
    static final String SOURCE = "originals";
    static final int MIB = 1 << 20;

    final FakeGcs fake;
    final RequestMeter meter = new RequestMeter();
    final ObjectStore store;
    private final GcsHarness.Server server;

    FakeBucket() {
        this(FakeGcsOptions.strict());
    }

    FakeBucket(FakeGcsOptions options) {
        fake = FakeGcs.start(options);
        fake.createBucket(BUCKET);
        fake.createBucket(SOURCE);
        server = FakeGcsContractTest.server(fake);
        store = GcsHarness.open(server, BUCKET, meter);
    }

    /** Another client of the first bucket with other settings. */
    ObjectStore open(UnaryOperator<StoreSettings> settings) {
        return open(BUCKET, settings);
    }

    ObjectStore open(String bucket, UnaryOperator<StoreSettings> settings) {
        return GcsHarness.open(settings.apply(GcsHarness.settings(server, bucket)), meter);
    }

    /** What the source of copies shows of an object. */
    ObjectMeta source(String key) {
        try (ObjectStore from = GcsHarness.open(server, SOURCE, new RequestMeter())) {
            return from.head(ObjectKey.of(key)).orElseThrow();
        }
    }

    BucketRef sourceBucket() {
        try (ObjectStore from = GcsHarness.open(server, SOURCE, new RequestMeter())) {
            return from.bucket();
        }
    }

    /** Requests counted so far, without the kinds that none was sent of. */
    Map<RequestKind, Long> sent() {
        return meter.snapshot();
    }

    ObjectMeta head(String key) {
        return store.head(ObjectKey.of(key)).orElseThrow();
    }

    List<String> list(ListRequest request) {
        return list(store, request);
    }

    List<String> list(ObjectStore listed, ListRequest request) {
        List<String> keys = new ArrayList<>();
        try (Listing listing = listed.list(request)) {
            for (Optional<Page> page = listing.next(); page.isPresent(); page = listing.next()) {
                for (int i = 0; i < page.get().count(); i++) {
                    keys.add(page.get().key(i).text());
                }
            }
        }
        return keys;
    }

    @Override
    public void close() {
        store.close();
        fake.close();
    }
}

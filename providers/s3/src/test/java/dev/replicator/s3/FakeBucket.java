package dev.replicator.s3;

import dev.replicator.store.ListRequest;
import dev.replicator.store.Listing;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.Page;
import dev.replicator.store.RequestKind;
import dev.replicator.store.RequestMeter;
import dev.replicator.store.StoreSettings;
import dev.replicator.testkit.s3.FakeS3;
import dev.replicator.testkit.s3.FakeS3Options;
import dev.replicator.testkit.s3.model.Weakness;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A strict fake S3 with two buckets, and the provider on the first; for tests that cause trouble and count requests. */
final class FakeBucket implements AutoCloseable {
    static final String BUCKET = "photos";
    static final String SOURCE = "originals";
    static final int MIB = 1 << 20;

    final FakeS3 fake;
    final RequestMeter meter = new RequestMeter();
    final ObjectStore store;
    private final S3Harness.Server server;

    FakeBucket(Weakness... weaknesses) {
        this(UnaryOperator.identity(), weaknesses);
    }

    FakeBucket(UnaryOperator<StoreSettings> settings, Weakness... weaknesses) {
        fake = FakeS3.start(FakeS3Options.strict().withSmallestPart(MIB).with(weaknesses));
        fake.createBucket(BUCKET);
        fake.createBucket(SOURCE);
        server = FakeS3ContractTest.server(fake);
        store = S3Harness.open(settings.apply(S3Harness.settings(server, BUCKET)), server, meter);
    }

    S3Harness.Server server() {
        return server;
    }

    /** Another client of the first bucket with other settings. */
    ObjectStore open(UnaryOperator<StoreSettings> settings) {
        return open(settings, new RequestMeter());
    }

    ObjectStore open(UnaryOperator<StoreSettings> settings, RequestMeter meter) {
        return S3Harness.open(settings.apply(S3Harness.settings(server, BUCKET)), server, meter);
    }

    /** A client of the bucket that copies come from. */
    ObjectStore openSource() {
        return S3Harness.open(server, SOURCE, new RequestMeter());
    }

    /** Requests counted so far, without the kinds that none was sent of. */
    Map<RequestKind, Long> sent() {
        Map<RequestKind, Long> sent = new EnumMap<>(RequestKind.class);
        for (RequestKind kind : RequestKind.values()) {
            if (meter.sent(kind) > 0) {
                sent.put(kind, meter.sent(kind));
            }
        }
        return sent;
    }

    ObjectMeta head(String key) {
        return store.head(ObjectKey.of(key)).orElseThrow();
    }

    List<String> list(ListRequest request) {
        List<String> keys = new ArrayList<>();
        try (Listing listing = store.list(request)) {
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

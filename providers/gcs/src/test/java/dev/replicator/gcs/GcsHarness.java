package dev.replicator.gcs;

import com.google.api.client.http.ByteArrayContent;
import com.google.api.client.http.HttpResponseException;
import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.storage.Storage;
import com.google.api.services.storage.model.Bucket;
import com.google.api.services.storage.model.StorageObject;
import dev.replicator.gcs.object.Keys;
import dev.replicator.store.Capability;
import dev.replicator.store.KeyPrefix;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.RequestMeter;
import dev.replicator.store.RetrySettings;
import dev.replicator.store.StoreContext;
import dev.replicator.store.StoreSettings;
import dev.replicator.store.StoreUri;
import dev.replicator.store.TransferSizes;
import dev.replicator.testkit.contract.StoreHarness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/** The provider on two fresh buckets of a server that is reached by Google's client for what happens behind its back. */
final class GcsHarness implements StoreHarness {
    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final RetrySettings QUICK =
            new RetrySettings(3, Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofSeconds(30));

    private final Server server;
    private final Storage admin;
    private final String bucket;
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
            Set<Capability> capabilities,
            TransferSizes sizes,
            Predicate<ObjectKey> holds,
            BiPredicate<ObjectKey, ObjectKey> holdsTogether) {}

    GcsHarness(Server server) {
        this.server = server;
        admin = new Storage.Builder(
                        new NetHttpTransport(),
                        GsonFactory.getDefaultInstance(),
                        request -> request.setNumberOfRetries(0))
                .setRootUrl(server.endpoint() + "/")
                .setApplicationName("contract")
                .build();
        int number = NUMBERS.incrementAndGet();
        bucket = "contract-" + number + "-store";
        String other = "contract-" + number + "-neighbour";
        createBucket(bucket);
        createBucket(other);
        store = open(server, bucket, new RequestMeter());
        neighbour = open(server, other, new RequestMeter());
    }

    private void createBucket(String name) {
        try {
            admin.buckets().insert("contract", new Bucket().setName(name)).execute();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static StoreSettings settings(Server server, String bucket) {
        return StoreSettings.of(new StoreUri("gs", bucket, KeyPrefix.NONE))
                .withEndpoint(server.endpoint().toString())
                .withCapabilities(server.capabilities())
                .withSizes(server.sizes());
    }

    static ObjectStore open(Server server, String bucket, RequestMeter meter) {
        return open(settings(server, bucket), meter);
    }

    static ObjectStore open(StoreSettings settings, RequestMeter meter) {
        return new GcsStoreProvider().open(settings, new StoreContext(meter, Clock.systemUTC(), Map.of(), QUICK));
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
        StorageObject object = new StorageObject().setName(key.text());
        metadata.contentType().ifPresent(object::setContentType);
        if (!metadata.user().isEmpty()) {
            object.setMetadata(metadata.user());
        }
        try {
            Storage.Objects.Insert insert =
                    admin.objects().insert(bucket, object, new ByteArrayContent("application/octet-stream", bytes));
            insert.setDisableGZipContent(true);
            insert.getMediaHttpUploader().setDirectUploadEnabled(true);
            insert.execute();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void remove(ObjectKey key) {
        try {
            admin.objects().delete(bucket, key.text()).execute();
        } catch (HttpResponseException e) {
            if (e.getStatusCode() != 404) {
                throw new UncheckedIOException(e);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean holds(ObjectKey key) {
        return Keys.refusal(key).isEmpty() && server.holds().test(key);
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
    public void close() {
        store.close();
        neighbour.close();
    }
}

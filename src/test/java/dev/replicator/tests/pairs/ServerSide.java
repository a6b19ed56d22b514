package dev.replicator.tests.pairs;

import dev.replicator.store.ByteArrayBody;
import dev.replicator.store.ListRequest;
import dev.replicator.store.Listing;
import dev.replicator.store.ObjectBody;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.Page;
import dev.replicator.store.Precondition;
import dev.replicator.store.StoreContext;
import dev.replicator.store.StoreSettings;
import dev.replicator.store.Stores;
import dev.replicator.store.WriteOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/** A bucket of somebody else's server, reached through the provider, which passed its contract on that server. */
final class ServerSide implements Side, AutoCloseable {
    private final StoreSettings settings;
    private final ObjectStore store;
    private SortedMap<String, ObjectMeta> watched = new TreeMap<>();

    ServerSide(StoreSettings settings) {
        this.settings = settings;
        store = Stores.onClassPath().open(settings, StoreContext.system());
    }

    @Override
    public StoreSettings settings() {
        return settings;
    }

    @Override
    public void put(String key, byte[] content) {
        store.write(ObjectKey.of(key), ByteArrayBody.of(content), WriteOptions.of(Precondition.none()));
    }

    @Override
    public void describe(String key, Map<String, String> user) {
        throw new UnsupportedOperationException("not every server can");
    }

    @Override
    public void remove(String key) {
        store.delete(ObjectKey.of(key), Precondition.none());
    }

    @Override
    public void date(String key, Instant modified) {
        throw new UnsupportedOperationException("no server lets its clients");
    }

    @Override
    public Instant modified(String key) {
        return head(key).orElseThrow().modified();
    }

    private Optional<ObjectMeta> head(String key) {
        return store.head(ObjectKey.of(key));
    }

    @Override
    public Optional<byte[]> get(String key) {
        return head(key).map(object -> {
            try (ObjectBody body = store.read(object);
                    InputStream in = body.open()) {
                return in.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Override
    public Map<String, String> user(String key) {
        return head(key)
                .flatMap(ObjectMeta::metadata)
                .map(ObjectMetadata::user)
                .map(Names::withoutOurs)
                .orElseThrow();
    }

    @Override
    public SortedSet<String> keys() {
        return Names.withoutOurs(listed().keySet());
    }

    @Override
    public void watch() {
        watched = listed();
    }

    /** Told by versions and times, which every write changes. */
    @Override
    public String writes() {
        SortedMap<String, ObjectMeta> now = listed();
        now.entrySet().removeAll(watched.entrySet());
        watched.keySet().removeAll(listed().keySet());
        return now.isEmpty() && watched.isEmpty() ? "" : now.keySet() + " written, " + watched.keySet() + " removed";
    }

    private SortedMap<String, ObjectMeta> listed() {
        SortedMap<String, ObjectMeta> listed = new TreeMap<>();
        try (Listing listing = store.list(ListRequest.everything())) {
            for (Optional<Page> page = listing.next(); page.isPresent(); page = listing.next()) {
                for (int i = 0; i < page.get().count(); i++) {
                    ObjectMeta object = page.get().meta(i);
                    if (!Names.isOurs(object.key().text())) {
                        listed.put(object.key().text(), object);
                    }
                }
            }
        }
        return listed;
    }

    @Override
    public void close() {
        store.close();
    }
}

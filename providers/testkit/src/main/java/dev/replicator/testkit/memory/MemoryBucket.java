package dev.replicator.testkit.memory;

import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMetadata;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.UnaryOperator;

/**
 * A bucket's objects in unsigned byte order of keys. The public methods go behind every store's back: they are counted
 * nowhere and check nothing. Thread-safe; changes are atomic and seen at once.
 */
public final class MemoryBucket {
    private final String name;
    private final ConcurrentSkipListMap<ObjectKey, MemoryObject> objects = new ConcurrentSkipListMap<>();
    private long sequence;

    MemoryBucket(String name) {
        this.name = name;
    }

    public String name() {
        return name;
    }

    /** Puts text without metadata. */
    public MemoryBucket put(String key, String text, Instant modified) {
        return put(ObjectKey.of(key), text.getBytes(StandardCharsets.UTF_8), ObjectMetadata.NONE, modified);
    }

    /** Puts an object as one written in one piece. */
    public MemoryBucket put(ObjectKey key, byte[] bytes, ObjectMetadata metadata, Instant modified) {
        put(key, bytes.clone(), MemoryObject.etag(bytes, Long.MAX_VALUE), metadata, modified);
        return this;
    }

    public Optional<MemoryObject> get(String key) {
        return get(ObjectKey.of(key));
    }

    public Optional<MemoryObject> get(ObjectKey key) {
        return Optional.ofNullable(objects.get(key));
    }

    public void remove(String key) {
        remove(ObjectKey.of(key));
    }

    public synchronized void remove(ObjectKey key) {
        objects.remove(key);
    }

    /** Empties the bucket. */
    public synchronized void clear() {
        objects.clear();
    }

    /** Changes metadata and tags alone; bytes, time and ETag stay. The key must be there. */
    public synchronized void retouch(ObjectKey key, UnaryOperator<ObjectMetadata> change) {
        MemoryObject old = get(key).orElseThrow();
        objects.put(key, old.retouched(change.apply(old.metadata())));
    }

    /** The keys at this moment, in listing order. */
    public List<ObjectKey> keys() {
        return List.copyOf(objects.keySet());
    }

    /** The keys at this moment as text, in listing order. */
    public List<String> names() {
        return objects.keySet().stream().map(ObjectKey::text).toList();
    }

    public int size() {
        return objects.size();
    }

    ConcurrentNavigableMap<ObjectKey, MemoryObject> objects() {
        return objects;
    }

    /** Stores without copying the bytes; callers hold this bucket's monitor when a precondition was checked. */
    synchronized MemoryObject put(ObjectKey key, byte[] bytes, String etag, ObjectMetadata metadata, Instant modified) {
        MemoryObject written = new MemoryObject(bytes, modified, etag, ++sequence, metadata, 1);
        objects.put(key, written);
        return written;
    }
}

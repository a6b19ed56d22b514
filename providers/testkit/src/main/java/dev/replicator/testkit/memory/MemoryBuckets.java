package dev.replicator.testkit.memory;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A storage service in memory: buckets by name, seen alike by every store that is opened on it. Two services share
 * nothing, not even bucket identity. Thread-safe.
 */
public final class MemoryBuckets {
    private static final MemoryBuckets SHARED = new MemoryBuckets("");
    private static final AtomicLong WORLDS = new AtomicLong();

    private final String endpoint;
    private final Map<String, MemoryBucket> buckets = new ConcurrentHashMap<>();

    public MemoryBuckets() {
        this("memory-" + WORLDS.incrementAndGet());
    }

    private MemoryBuckets(String endpoint) {
        this.endpoint = endpoint;
    }

    /** The service behind {@code memory://} addresses, one per class loader. */
    public static MemoryBuckets shared() {
        return SHARED;
    }

    /** Creates an empty bucket, or returns the one that is there. */
    public MemoryBucket create(String name) {
        return buckets.computeIfAbsent(name, MemoryBucket::new);
    }

    public Optional<MemoryBucket> find(String name) {
        return Optional.ofNullable(buckets.get(name));
    }

    /** Removes the bucket with all it holds; stores open on it see it missing. */
    public void remove(String name) {
        buckets.remove(name);
    }

    /** What tells this service from others in a {@link dev.replicator.store.BucketRef}. */
    String endpoint() {
        return endpoint;
    }
}

package dev.replicator.testkit.memory;

import dev.replicator.store.Capability;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.RequestMeter;
import dev.replicator.store.TransferSizes;
import dev.replicator.testkit.contract.StoreHarness;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Opens memory stores for the contract; every store goes through a wrapping, so that decorators can pass it too. */
public final class MemoryHarness implements StoreHarness {
    private static final long MIB = 1 << 20;

    private final MemoryBuckets buckets = new MemoryBuckets();
    private final MemoryBucket bucket = buckets.create("under-test");
    private final MemoryOptions options;
    private final UnaryOperator<ObjectStore> wrapping;
    private final ObjectStore store;
    private final ObjectStore neighbour;

    public MemoryHarness(MemoryOptions options) {
        this(options, UnaryOperator.identity());
    }

    /** @param wrapping what the contract shall be run on, made of a memory store */
    public MemoryHarness(MemoryOptions options, UnaryOperator<ObjectStore> wrapping) {
        this.options = options.withSizes(new TransferSizes(2 * MIB, MIB, MIB));
        this.wrapping = wrapping;
        buckets.create("neighbour");
        store = open("under-test");
        neighbour = open("neighbour");
    }

    private ObjectStore open(String name) {
        return wrapping.apply(new MemoryStore(buckets, name, options, new RequestMeter(), Clock.systemUTC()));
    }

    @Override
    public ObjectStore store() {
        return store;
    }

    @Override
    public ObjectStore another() {
        return open("under-test");
    }

    @Override
    public ObjectStore neighbour() {
        return neighbour;
    }

    @Override
    public ObjectStore missing() {
        return open("not-there");
    }

    @Override
    public Set<Capability> capabilities() {
        return options.capabilities();
    }

    @Override
    public void put(ObjectKey key, byte[] bytes, ObjectMetadata metadata) {
        bucket.put(key, bytes, metadata, Clock.systemUTC().instant());
    }

    @Override
    public void remove(ObjectKey key) {
        bucket.remove(key);
    }

    @Override
    public boolean holds(ObjectKey key) {
        return key.length() <= options.maxKeyBytes() && key.isUtf8();
    }

    @Override
    public TransferSizes sizes() {
        return options.sizes();
    }

    @Override
    public Duration granularity() {
        return options.granularity();
    }

    @Override
    public void close() {
        store.close();
        neighbour.close();
    }
}

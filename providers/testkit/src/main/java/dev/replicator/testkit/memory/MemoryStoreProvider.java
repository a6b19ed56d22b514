package dev.replicator.testkit.memory;

import dev.replicator.store.ObjectStore;
import dev.replicator.store.StoreContext;
import dev.replicator.store.StoreProvider;
import dev.replicator.store.StoreSettings;

/** Opens {@code memory://bucket} on {@link MemoryBuckets#shared()}, or on a service of a test's own. */
public final class MemoryStoreProvider implements StoreProvider {
    private final MemoryBuckets buckets;
    private final MemoryOptions options;

    /** For {@link java.util.ServiceLoader}: the shared service, as S3. */
    public MemoryStoreProvider() {
        this(MemoryBuckets.shared(), MemoryOptions.S3_LIKE);
    }

    public MemoryStoreProvider(MemoryBuckets buckets, MemoryOptions options) {
        this.buckets = buckets;
        this.options = options;
    }

    @Override
    public String scheme() {
        return MemoryStore.SCHEME;
    }

    /** The settings' capabilities and sizes rule over the options'; the bucket need not exist yet. */
    @Override
    public ObjectStore open(StoreSettings settings, StoreContext context) {
        MemoryOptions fitted = settings.capabilities()
                .map(options::withCapabilities)
                .orElse(options)
                .withSizes(settings.sizes());
        return new MemoryStore(buckets, settings.uri().bucket(), fitted, context.meter(), context.clock());
    }
}

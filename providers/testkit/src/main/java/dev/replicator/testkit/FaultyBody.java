package dev.replicator.testkit;

import dev.replicator.store.Fingerprint;
import dev.replicator.store.ObjectBody;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMetadata;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Opens streams as the script says. */
final class FaultyBody implements ObjectBody {
    private final ObjectBody delegate;
    private final FaultyStore store;
    private final ObjectKey key;

    FaultyBody(ObjectBody delegate, FaultyStore store, ObjectKey key) {
        this.delegate = delegate;
        this.store = store;
        this.key = key;
    }

    @Override
    public long size() {
        return delegate.size();
    }

    @Override
    public ObjectMetadata metadata() {
        return store.call(StoreOperation.READ, key, delegate::metadata);
    }

    @Override
    public List<Fingerprint> fingerprints() {
        return delegate.fingerprints();
    }

    @Override
    public InputStream open() {
        return opened(delegate::open);
    }

    @Override
    public InputStream open(long offset, long length) {
        return opened(() -> delegate.open(offset, length));
    }

    private InputStream opened(Supplier<InputStream> open) {
        List<Fault> faults = store.struck(new StoreCall(StoreOperation.READ, Optional.of(key)));
        FaultyStore.before(faults);
        InputStream stream = open.get();
        FaultyStore.after(faults);
        for (Fault fault : faults) {
            if (fault instanceof Fault.Broken broken) {
                stream = new BrokenStream(stream, broken.bytes(), broken.ending());
            }
        }
        return stream;
    }

    /** None: the bytes must pass through the script. */
    @Override
    public Optional<Path> file() {
        return Optional.empty();
    }

    @Override
    public void close() {
        delegate.close();
    }
}

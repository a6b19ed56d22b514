package dev.replicator.store.wrap;

import dev.replicator.store.BucketCreation;
import dev.replicator.store.BucketRef;
import dev.replicator.store.Capability;
import dev.replicator.store.ListRequest;
import dev.replicator.store.Listing;
import dev.replicator.store.MetadataUpdate;
import dev.replicator.store.ObjectBody;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.Precondition;
import dev.replicator.store.UploadSweep;
import dev.replicator.store.WriteOptions;
import dev.replicator.store.WriteProof;
import java.util.Optional;
import java.util.Set;

/** A source: can never be written, whatever the code above does. */
public final class ReadOnlyObjectStore implements ObjectStore {
    private static final Set<Class<?>> MUTATING =
            Set.of(UploadSweep.class, BucketCreation.class, MetadataUpdate.class, WriteProof.class);

    private final ObjectStore delegate;

    public ReadOnlyObjectStore(ObjectStore delegate) {
        this.delegate = delegate;
    }

    @Override
    public BucketRef bucket() {
        return delegate.bucket();
    }

    @Override
    public Set<Capability> capabilities() {
        return delegate.capabilities();
    }

    @Override
    public boolean copiesFrom(BucketRef source) {
        return false;
    }

    @Override
    public Listing list(ListRequest request) {
        return delegate.list(request);
    }

    @Override
    public Optional<ObjectMeta> head(ObjectKey key) {
        return delegate.head(key);
    }

    @Override
    public ObjectBody read(ObjectMeta object) {
        return delegate.read(object);
    }

    @Override
    public ObjectMeta write(ObjectKey key, ObjectBody body, WriteOptions options) {
        throw refused("write", key);
    }

    @Override
    public ObjectMeta copyFrom(BucketRef source, ObjectMeta object, ObjectKey key, WriteOptions options) {
        throw refused("copy to", key);
    }

    @Override
    public void delete(ObjectKey key, Precondition precondition) {
        throw refused("delete", key);
    }

    @Override
    public <R> Optional<R> role(Class<R> role) {
        return MUTATING.contains(role) ? Optional.empty() : delegate.role(role);
    }

    @Override
    public void close() {
        delegate.close();
    }

    private UnsupportedOperationException refused(String verb, ObjectKey key) {
        return new UnsupportedOperationException(verb + " " + key + " in " + bucket() + ": it is opened read-only");
    }
}

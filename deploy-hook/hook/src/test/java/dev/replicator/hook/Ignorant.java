package dev.replicator.hook;

import dev.replicator.store.BucketRef;
import dev.replicator.store.Capability;
import dev.replicator.store.ListRequest;
import dev.replicator.store.Listing;
import dev.replicator.store.ObjectBody;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.Precondition;
import dev.replicator.store.WriteOptions;
import java.util.Optional;
import java.util.Set;

/** A server that takes conditions, whatever it is said to do, and ignores them all. */
final class Ignorant implements ObjectStore {
    private final ObjectStore delegate;

    Ignorant(ObjectStore delegate) {
        this.delegate = delegate;
    }

    @Override
    public ObjectMeta write(ObjectKey key, ObjectBody body, WriteOptions options) {
        return delegate.write(key, body, options.withPrecondition(Precondition.none()));
    }

    @Override
    public ObjectMeta copyFrom(BucketRef source, ObjectMeta object, ObjectKey key, WriteOptions options) {
        return delegate.copyFrom(source, object, key, options.withPrecondition(Precondition.none()));
    }

    @Override
    public void delete(ObjectKey key, Precondition precondition) {
        delegate.delete(key, Precondition.none());
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
        return delegate.copiesFrom(source);
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
    public <R> Optional<R> role(Class<R> role) {
        return delegate.role(role);
    }

    @Override
    public void close() {
        delegate.close();
    }
}

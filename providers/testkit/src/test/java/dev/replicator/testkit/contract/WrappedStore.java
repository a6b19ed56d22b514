package dev.replicator.testkit.contract;

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

/** Forwards everything; a villain overrides what it does wrong. */
class WrappedStore implements ObjectStore {
    protected final ObjectStore honest;

    WrappedStore(ObjectStore honest) {
        this.honest = honest;
    }

    @Override
    public BucketRef bucket() {
        return honest.bucket();
    }

    @Override
    public Set<Capability> capabilities() {
        return honest.capabilities();
    }

    @Override
    public boolean copiesFrom(BucketRef source) {
        return honest.copiesFrom(source);
    }

    @Override
    public Listing list(ListRequest request) {
        return honest.list(request);
    }

    @Override
    public Optional<ObjectMeta> head(ObjectKey key) {
        return honest.head(key);
    }

    @Override
    public ObjectBody read(ObjectMeta object) {
        return honest.read(object);
    }

    @Override
    public ObjectMeta write(ObjectKey key, ObjectBody body, WriteOptions options) {
        return honest.write(key, body, options);
    }

    @Override
    public ObjectMeta copyFrom(BucketRef source, ObjectMeta object, ObjectKey key, WriteOptions options) {
        return honest.copyFrom(source, object, key, options);
    }

    @Override
    public void delete(ObjectKey key, Precondition precondition) {
        honest.delete(key, precondition);
    }

    @Override
    public <R> Optional<R> role(Class<R> role) {
        return honest.role(role);
    }

    @Override
    public void close() {
        honest.close();
    }
}

package dev.replicator.store.wrap;

import dev.replicator.store.BucketCreation;
import dev.replicator.store.BucketNotFoundException;
import dev.replicator.store.BucketRef;
import dev.replicator.store.Capability;
import dev.replicator.store.ListRequest;
import dev.replicator.store.Listing;
import dev.replicator.store.ObjectBody;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.Page;
import dev.replicator.store.Precondition;
import dev.replicator.store.WriteOptions;
import java.util.Optional;
import java.util.Set;

/** A destination whose bucket comes into being with the first write: until then it is empty, not missing. */
public final class MissingIsEmptyObjectStore implements ObjectStore {
    private final ObjectStore delegate;

    private MissingIsEmptyObjectStore(ObjectStore delegate) {
        this.delegate = delegate;
    }

    /** {@code store} itself unless it makes its own bucket. */
    public static ObjectStore of(ObjectStore store) {
        return store.role(BucketCreation.class).isPresent() ? new MissingIsEmptyObjectStore(store) : store;
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
        return new MissingIsEmptyListing(delegate.list(request));
    }

    private static final class MissingIsEmptyListing implements Listing {
        private final Listing delegate;
        private boolean missing;

        MissingIsEmptyListing(Listing delegate) {
            this.delegate = delegate;
        }

        @Override
        public Optional<Page> next() {
            try {
                return delegate.next();
            } catch (BucketNotFoundException e) {
                missing = true;
                return Optional.empty();
            }
        }

        @Override
        public boolean complete() {
            return missing || delegate.complete();
        }

        @Override
        public void close() {
            delegate.close();
        }
    }

    @Override
    public Optional<ObjectMeta> head(ObjectKey key) {
        try {
            return delegate.head(key);
        } catch (BucketNotFoundException e) {
            return Optional.empty();
        }
    }

    @Override
    public ObjectBody read(ObjectMeta object) {
        return delegate.read(object);
    }

    @Override
    public ObjectMeta write(ObjectKey key, ObjectBody body, WriteOptions options) {
        return delegate.write(key, body, options);
    }

    @Override
    public ObjectMeta copyFrom(BucketRef source, ObjectMeta object, ObjectKey key, WriteOptions options) {
        return delegate.copyFrom(source, object, key, options);
    }

    @Override
    public void delete(ObjectKey key, Precondition precondition) {
        delegate.delete(key, precondition);
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

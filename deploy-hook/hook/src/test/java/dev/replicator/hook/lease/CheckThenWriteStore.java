package dev.replicator.hook.lease;

import dev.replicator.store.BucketRef;
import dev.replicator.store.Capability;
import dev.replicator.store.ListRequest;
import dev.replicator.store.Listing;
import dev.replicator.store.ObjectBody;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.Precondition;
import dev.replicator.store.StaleObjectException;
import dev.replicator.store.WriteOptions;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A server whose create-only write is right as long as one writer comes at a time: it looks, lets others look, and then
 * writes, as common emulators do.
 */
public final class CheckThenWriteStore implements ObjectStore {
    private final ObjectStore delegate;
    private final CyclicBarrier pair = new CyclicBarrier(2);

    public CheckThenWriteStore(ObjectStore delegate) {
        this.delegate = delegate;
    }

    @Override
    public ObjectMeta write(ObjectKey key, ObjectBody body, WriteOptions options) {
        if (!(options.precondition() instanceof Precondition.Absent)) {
            return delegate.write(key, body, options);
        }
        if (delegate.head(key).isPresent()) {
            throw new StaleObjectException("write " + key + ": it exists");
        }
        letOthersLook();
        return delegate.write(key, body, options.withPrecondition(Precondition.none()));
    }

    /** Waits for one other writer that has looked, but not long: there may be none. */
    private void letOthersLook() {
        try {
            pair.await(50, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (BrokenBarrierException | TimeoutException e) {
            pair.reset();
        }
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

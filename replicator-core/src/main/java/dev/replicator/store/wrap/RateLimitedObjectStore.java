package dev.replicator.store.wrap;

import dev.replicator.store.BucketRef;
import dev.replicator.store.Capability;
import dev.replicator.store.Fingerprint;
import dev.replicator.store.ListRequest;
import dev.replicator.store.Listing;
import dev.replicator.store.MetadataUpdate;
import dev.replicator.store.ObjectBody;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.Page;
import dev.replicator.store.Precondition;
import dev.replicator.store.WriteOptions;
import dev.replicator.store.WriteProof;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Every attempt waits its turn: so many requests per second, so many at once. */
public final class RateLimitedObjectStore implements ObjectStore {
    private final ObjectStore delegate;
    private final Pace pace;

    public RateLimitedObjectStore(ObjectStore delegate, Pace pace) {
        this.delegate = delegate;
        this.pace = pace;
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
        return new PacedListing(delegate.list(request), pace);
    }

    private record PacedListing(Listing delegate, Pace pace) implements Listing {
        @Override
        public Optional<Page> next() {
            return pace.within(delegate::next);
        }

        @Override
        public boolean complete() {
            return delegate.complete();
        }

        @Override
        public void close() {
            delegate.close();
        }
    }

    @Override
    public Optional<ObjectMeta> head(ObjectKey key) {
        return pace.within(() -> delegate.head(key));
    }

    @Override
    public ObjectBody read(ObjectMeta object) {
        return new PacedBody(delegate.read(object), pace);
    }

    /** Opening a stream is the request; reading it is not counted as one in flight. */
    private record PacedBody(ObjectBody delegate, Pace pace) implements ObjectBody {
        @Override
        public long size() {
            return delegate.size();
        }

        @Override
        public ObjectMetadata metadata() {
            return pace.within(delegate::metadata);
        }

        @Override
        public List<Fingerprint> fingerprints() {
            return pace.within(delegate::fingerprints);
        }

        @Override
        public boolean isCheckedInOrder() {
            return delegate.isCheckedInOrder();
        }

        @Override
        public InputStream open() {
            return pace.within(delegate::open);
        }

        @Override
        public InputStream open(long offset, long length) {
            return pace.within(() -> delegate.open(offset, length));
        }

        @Override
        public Optional<Path> file() {
            return delegate.file();
        }

        @Override
        public boolean saveTo(Path file) {
            return delegate.saveTo(file);
        }

        @Override
        public void close() {
            delegate.close();
        }
    }

    @Override
    public ObjectMeta write(ObjectKey key, ObjectBody body, WriteOptions options) {
        return pace.within(() -> delegate.write(key, body, options));
    }

    @Override
    public ObjectMeta copyFrom(BucketRef source, ObjectMeta object, ObjectKey key, WriteOptions options) {
        return pace.within(() -> delegate.copyFrom(source, object, key, options));
    }

    @Override
    public void delete(ObjectKey key, Precondition precondition) {
        pace.within(() -> {
            delegate.delete(key, precondition);
            return true;
        });
    }

    @Override
    public <R> Optional<R> role(Class<R> role) {
        if (role == MetadataUpdate.class) {
            return delegate.role(MetadataUpdate.class)
                    .map(updates -> role.cast((MetadataUpdate) (seen, metadata, precondition) ->
                            pace.within(() -> updates.update(seen, metadata, precondition))));
        }
        if (role == WriteProof.class) {
            return delegate.role(WriteProof.class)
                    .map(proof -> role.cast((WriteProof) (found, body) -> pace.within(() -> {
                        proof.verify(found, body);
                        return true;
                    })));
        }
        return delegate.role(role);
    }

    @Override
    public void close() {
        delegate.close();
    }
}

package dev.replicator.tests.pairs;

import dev.replicator.store.BucketRef;
import dev.replicator.store.Capability;
import dev.replicator.store.Fingerprint;
import dev.replicator.store.ListRequest;
import dev.replicator.store.Listing;
import dev.replicator.store.ObjectBody;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.Precondition;
import dev.replicator.store.StoreContext;
import dev.replicator.store.StoreProvider;
import dev.replicator.store.StoreSettings;
import dev.replicator.store.WriteOptions;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;

/** A provider whose bodies tell of the bytes that are taken from them. */
record WatchedProvider(StoreProvider delegate, LongConsumer taken) implements StoreProvider {
    @Override
    public String scheme() {
        return delegate.scheme();
    }

    @Override
    public ObjectStore open(StoreSettings settings, StoreContext context) {
        return new Watched(delegate.open(settings, context), taken);
    }

    private record Watched(ObjectStore delegate, LongConsumer taken) implements ObjectStore {
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
            return new Body(delegate.read(object), taken);
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

    private record Body(ObjectBody delegate, LongConsumer taken) implements ObjectBody {
        @Override
        public long size() {
            return delegate.size();
        }

        @Override
        public ObjectMetadata metadata() {
            return delegate.metadata();
        }

        @Override
        public List<Fingerprint> fingerprints() {
            return delegate.fingerprints();
        }

        @Override
        public InputStream open() {
            return watched(delegate.open());
        }

        @Override
        public InputStream open(long offset, long length) {
            return watched(delegate.open(offset, length));
        }

        private InputStream watched(InputStream in) {
            return new FilterInputStream(in) {
                @Override
                public int read() throws IOException {
                    int one = in.read();
                    taken.accept(one < 0 ? 0 : 1);
                    return one;
                }

                @Override
                public int read(byte[] target, int offset, int length) throws IOException {
                    int count = in.read(target, offset, length);
                    taken.accept(Math.max(0, count));
                    return count;
                }
            };
        }

        @Override
        public void close() {
            delegate.close();
        }
    }
}

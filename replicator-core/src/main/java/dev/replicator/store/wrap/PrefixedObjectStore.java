package dev.replicator.store.wrap;

import dev.replicator.store.BucketRef;
import dev.replicator.store.Capability;
import dev.replicator.store.KeyPrefix;
import dev.replicator.store.KeyRules;
import dev.replicator.store.ListRequest;
import dev.replicator.store.Listing;
import dev.replicator.store.MetadataUpdate;
import dev.replicator.store.ObjectBody;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.Overlap;
import dev.replicator.store.Page;
import dev.replicator.store.Precondition;
import dev.replicator.store.Tags;
import dev.replicator.store.UnprovenListingException;
import dev.replicator.store.UploadSweep;
import dev.replicator.store.WriteOptions;
import dev.replicator.store.WriteProof;
import java.util.Optional;
import java.util.Set;

/**
 * The keys under one prefix, spoken of without it. A key equal to the prefix itself (a folder marker) is not shown:
 * relative to the prefix it has no name. The {@code source} objects of {@link #copyFrom} keep full keys of their bucket.
 */
public final class PrefixedObjectStore implements ObjectStore {
    private final ObjectStore delegate;
    private final KeyPrefix prefix;

    private PrefixedObjectStore(ObjectStore delegate, KeyPrefix prefix) {
        this.delegate = delegate;
        this.prefix = prefix;
    }

    /** {@code store} itself when the prefix is empty. */
    public static ObjectStore of(ObjectStore store, KeyPrefix prefix) {
        return prefix.isEmpty() ? store : new PrefixedObjectStore(store, prefix);
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
        ListRequest full = new ListRequest(
                prefix.append(request.prefix()),
                request.range().prependedBy(prefix),
                request.pageSize(),
                request.metadata());
        ListRequest behindMarker =
                full.range().lo().isEmpty() && request.prefix().isEmpty()
                        ? full.within(full.range().resumedAfter(ObjectKey.of(prefix.text())))
                        : full;
        return new RelativeListing(delegate.list(behindMarker), prefix);
    }

    private record RelativeListing(Listing delegate, KeyPrefix prefix) implements Listing {
        @Override
        public Optional<Page> next() {
            return delegate.next().map(this::relative);
        }

        /** Keys that are not under the prefix would turn into others' names when they are cut. */
        private Page relative(Page page) {
            for (int entry = 0; entry < page.count(); entry++) {
                int from = page.keyStart(entry);
                int to = page.keyEnd(entry);
                if (to - from <= prefix.length() || !prefix.isPrefixOf(page.keys(), from, to)) {
                    throw new UnprovenListingException(
                            "the listing of " + prefix + " shows a key that is not under it");
                }
            }
            return page.withoutPrefix(prefix.length());
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
        return delegate.head(full(key)).map(meta -> meta.withKey(key));
    }

    @Override
    public ObjectBody read(ObjectMeta object) {
        return delegate.read(object.withKey(full(object.key())));
    }

    @Override
    public ObjectMeta write(ObjectKey key, ObjectBody body, WriteOptions options) {
        return delegate.write(full(key), body, options).withKey(key);
    }

    @Override
    public ObjectMeta copyFrom(BucketRef source, ObjectMeta object, ObjectKey key, WriteOptions options) {
        return delegate.copyFrom(source, object, full(key), options).withKey(key);
    }

    @Override
    public void delete(ObjectKey key, Precondition precondition) {
        delegate.delete(full(key), precondition);
    }

    @Override
    public <R> Optional<R> role(Class<R> role) {
        if (role == Tags.class) {
            return delegate.role(Tags.class).map(tags -> role.cast((Tags) key -> tags.tags(full(key))));
        }
        if (role == KeyRules.class) {
            return delegate.role(KeyRules.class).map(rules -> role.cast((KeyRules) key -> rules.refusal(full(key))));
        }
        if (role == UploadSweep.class) {
            return delegate.role(UploadSweep.class)
                    .map(sweep -> role.cast((UploadSweep) (key, operation, notBefore, before) ->
                            sweep.sweep(full(key), operation, notBefore, before)));
        }
        if (role == MetadataUpdate.class) {
            return delegate.role(MetadataUpdate.class)
                    .map(updates -> role.cast((MetadataUpdate) (seen, metadata, precondition) -> updates.update(
                                    seen.withKey(full(seen.key())), metadata, precondition)
                            .withKey(seen.key())));
        }
        if (role == WriteProof.class) {
            return delegate.role(WriteProof.class)
                    .map(proof -> role.cast(
                            (WriteProof) (found, body) -> proof.verify(found.withKey(full(found.key())), body)));
        }
        if (role == Overlap.class) {
            return delegate.role(Overlap.class)
                    .map(overlap -> role.cast(
                            (Overlap) (here, other, there) -> overlap.overlaps(prefix.append(here), other, there)));
        }
        return delegate.role(role);
    }

    @Override
    public void close() {
        delegate.close();
    }

    private ObjectKey full(ObjectKey key) {
        return key.prependedBy(prefix);
    }
}

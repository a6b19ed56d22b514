package dev.replicator.diff;

import dev.replicator.store.BucketCreation;
import dev.replicator.store.BucketNotFoundException;
import dev.replicator.store.ListRequest;
import dev.replicator.store.Listing;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.Page;
import java.util.Optional;

/** A destination's listing that is empty, not an error, where the bucket will be made by the first write. */
final class EmptyIfMissing implements Listing {
    private final Listing delegate;
    private boolean missing;

    private EmptyIfMissing(Listing delegate) {
        this.delegate = delegate;
    }

    static Listing of(ObjectStore destination, ListRequest request) {
        Listing listing = destination.list(request);
        return destination.role(BucketCreation.class).isPresent() ? new EmptyIfMissing(listing) : listing;
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

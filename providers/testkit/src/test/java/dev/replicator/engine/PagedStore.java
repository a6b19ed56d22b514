package dev.replicator.engine;

import dev.replicator.store.ListRequest;
import dev.replicator.store.Listing;
import dev.replicator.store.ObjectStore;

/** Lists in pages of so many keys, whatever is asked for. */
final class PagedStore extends ForwardingStore {
    private final int keys;

    PagedStore(ObjectStore delegate, int keys) {
        super(delegate);
        this.keys = keys;
    }

    @Override
    public Listing list(ListRequest request) {
        return super.list(request.paged(keys));
    }
}

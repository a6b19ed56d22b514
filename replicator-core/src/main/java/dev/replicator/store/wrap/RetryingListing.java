package dev.replicator.store.wrap;

import dev.replicator.store.KeyRange;
import dev.replicator.store.ListRequest;
import dev.replicator.store.Listing;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.Page;
import dev.replicator.store.StoreException;
import java.util.Optional;

/** A listing that starts anew behind its last key when a page failed. */
final class RetryingListing implements Listing {
    private final ObjectStore store;
    private final ListRequest request;
    private final Retries retries;
    private Listing current;
    private Optional<ObjectKey> last = Optional.empty();
    private boolean broken;
    private boolean complete = true;

    RetryingListing(ObjectStore store, ListRequest request, Retries retries) {
        this.store = store;
        this.request = request;
        this.retries = retries;
        current = store.list(request);
    }

    @Override
    public Optional<Page> next() {
        Optional<Page> page = retries.call(this::attempt);
        page.filter(entries -> entries.count() > 0)
                .ifPresent(entries -> last = Optional.of(entries.key(entries.count() - 1)));
        return page;
    }

    private Optional<Page> attempt() {
        if (broken) {
            complete &= current.complete();
            current.close();
            KeyRange rest = last.map(request.range()::resumedAfter).orElse(request.range());
            current = store.list(request.within(rest));
            broken = false;
        }
        try {
            return current.next();
        } catch (StoreException e) {
            broken = true;
            throw e;
        }
    }

    @Override
    public boolean complete() {
        return complete && current.complete();
    }

    @Override
    public void close() {
        current.close();
    }
}

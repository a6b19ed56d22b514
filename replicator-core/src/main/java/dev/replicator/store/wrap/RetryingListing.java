package dev.replicator.store.wrap;

import dev.replicator.store.Listing;
import dev.replicator.store.Page;
import java.util.Optional;

/** A listing that asks again for a page that failed; a failure leaves its position behind the last key shown. */
record RetryingListing(Listing delegate, Retries retries) implements Listing {
    @Override
    public Optional<Page> next() {
        return retries.call(delegate::next);
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

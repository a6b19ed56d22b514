package dev.replicator.diff;

import dev.replicator.store.Listing;
import dev.replicator.store.Page;
import dev.replicator.store.StoreException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/**
 * Fetches the next page while the current one is compared: one page ahead, so both sides list at the same time. Used by
 * one thread; the delegate is called by one pool thread at a time.
 */
final class PrefetchedListing implements Listing {
    private final Listing delegate;
    private final ExecutorService pool;
    private Future<Optional<Page>> ahead;

    PrefetchedListing(Listing delegate, ExecutorService pool) {
        this.delegate = delegate;
        this.pool = pool;
        ahead = pool.submit(delegate::next);
    }

    @Override
    public Optional<Page> next() {
        Optional<Page> page = await();
        if (page.isPresent()) {
            ahead = pool.submit(delegate::next);
        }
        return page;
    }

    private Optional<Page> await() {
        try {
            return ahead.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while listing");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StoreException failure) {
                throw failure;
            }
            throw new IllegalStateException("listing failed", e.getCause());
        }
    }

    @Override
    public boolean complete() {
        return delegate.complete();
    }

    @Override
    public void close() {
        if (!ahead.isDone()) {
            try {
                ahead.get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (ExecutionException | CancellationException e) {
                // Its outcome no longer matters: the listing is being given up.
            }
        }
        delegate.close();
    }
}

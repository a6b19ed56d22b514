package dev.replicator.diff;

import dev.replicator.store.Listing;
import dev.replicator.store.Page;
import dev.replicator.store.StoreException;
import dev.replicator.store.UnprovenListingException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/**
 * Fetches the next page while the current one is compared: one page ahead, so both sides list at the same time. Used by
 * one thread; the delegate is called by one pool thread at a time.
 *
 * <p>Whatever else than a {@link StoreException} a listing throws is a bug of its store: told as a listing that can't be
 * trusted.
 */
final class PrefetchedListing implements Listing {
    private final ExecutorService pool;
    private volatile Optional<Listing> delegate = Optional.empty();
    private Future<Optional<Page>> ahead;

    /** @param open opens the listing; called by the pool */
    PrefetchedListing(Supplier<Listing> open, ExecutorService pool) {
        this.pool = pool;
        ahead = pool.submit(() -> {
            Listing opened = open.get();
            delegate = Optional.of(opened);
            return opened.next();
        });
    }

    @Override
    public Optional<Page> next() {
        Optional<Page> page = await();
        if (page.isPresent()) {
            ahead = pool.submit(delegate.orElseThrow()::next);
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
            throw broken(Optional.ofNullable(e.getCause()).orElse(e));
        }
    }

    private static UnprovenListingException broken(Throwable cause) {
        return new UnprovenListingException("the listing broke: " + cause, cause);
    }

    @Override
    public boolean complete() {
        try {
            return delegate.map(Listing::complete).orElse(false);
        } catch (StoreException e) {
            throw e;
        } catch (RuntimeException e) {
            throw broken(e);
        }
    }

    /** Waits for the page under way; what goes wrong now no longer matters: the listing is done or given up. */
    @Override
    public void close() {
        try {
            ahead.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | CancellationException e) {
            // Told by next() already, or never asked for.
        }
        try {
            delegate.ifPresent(Listing::close);
        } catch (RuntimeException e) {
            // Every page was had, or the failure was told.
        }
    }
}

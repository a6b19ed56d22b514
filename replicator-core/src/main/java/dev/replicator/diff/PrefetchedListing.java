package dev.replicator.diff;

import dev.replicator.store.Listing;
import dev.replicator.store.Page;
import dev.replicator.store.StoreException;
import dev.replicator.store.UnprovenListingException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Fetches the next page while the current one is compared: one page ahead, so both sides list at the same time. Used by
 * one thread; the delegate is called by one pool thread at a time.
 *
 * <p>A page that does not come is waited for until the run is stopped, and not longer: {@link #next} then throws {@link
 * CancellationException}.
 *
 * <p>Whatever else than a {@link StoreException} a listing throws is a bug of its store: told as a listing that can't be
 * trusted.
 */
final class PrefetchedListing implements Listing {
    /** How long closing waits for an interrupted request to come back. */
    private static final long FAREWELL_MILLIS = 1_000;

    private final ExecutorService pool;
    private final BooleanSupplier stopped;
    private final Supplier<Listing> open;
    private Optional<Listing> delegate = Optional.empty();
    private Fetch ahead;

    /**
     * @param open opens the listing; called by the pool
     * @param stopped whether the run was told to stop
     */
    PrefetchedListing(Supplier<Listing> open, ExecutorService pool, BooleanSupplier stopped) {
        this.open = open;
        this.pool = pool;
        this.stopped = stopped;
        ahead = new Fetch();
    }

    /** One page under way. What it opened or used is its own until it has {@link #ended}. */
    private final class Fetch {
        private final AtomicBoolean taken = new AtomicBoolean();
        private final CountDownLatch ended = new CountDownLatch(1);
        private final Future<Optional<Page>> page;

        Fetch() {
            page = pool.submit(this::fetch);
        }

        private Optional<Page> fetch() {
            if (!taken.compareAndSet(false, true)) {
                return Optional.empty();
            }
            try {
                if (delegate.isEmpty()) {
                    delegate = Optional.of(open.get());
                }
                return delegate.get().next();
            } finally {
                ended.countDown();
            }
        }

        /** Interrupts it if it is under way; whether it has come back, so that the listing is free. */
        boolean end() {
            boolean neverBegan = taken.compareAndSet(false, true);
            page.cancel(true);
            try {
                return neverBegan || ended.await(FAREWELL_MILLIS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }

    @Override
    public Optional<Page> next() {
        Optional<Page> page = await();
        if (page.isPresent()) {
            ahead = new Fetch();
        }
        return page;
    }

    private Optional<Page> await() {
        try {
            return StoppableWait.result(ahead.page, stopped, "listing");
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

    /**
     * Gives the page under way up; what goes wrong now no longer matters: the listing is done or given up. A request that
     * ignores its interrupt keeps its connection, which closing the store ends.
     */
    @Override
    public void close() {
        if (!ahead.end()) {
            return;
        }
        try {
            delegate.ifPresent(Listing::close);
        } catch (RuntimeException e) {
            // Every page was had, or the failure was told.
        }
    }
}

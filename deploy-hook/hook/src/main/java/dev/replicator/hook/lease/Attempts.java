package dev.replicator.hook.lease;

import dev.replicator.store.RetrySettings;
import dev.replicator.store.TransientStoreException;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Repeats what failed transiently, where the store's own retries won't do: a lease's requests, which must be through
 * within its TTL, and writes for which the lease must still be held at every attempt. The stores under it repeat nothing
 * themselves. Pauses have no jitter: who holds a lease is alone, and who wants one was set apart by its polls.
 * Thread-safe.
 */
public final class Attempts {
    private static final int MOST = 6;

    private final RequestLimit limit;
    private final Timing timing;

    /** @param timing its pauses must not end early when the work is cancelled: a lease is kept until the work has ended */
    public Attempts(RequestLimit limit, Timing timing) {
        this.limit = limit;
        this.timing = timing;
    }

    /**
     * For a lease of that TTL: one attempt waits a sixth of it for its answer, so that a request that hangs is overtaken
     * by others while the lease still lasts.
     */
    <T> T soon(Duration ttl, Supplier<T> request) {
        RetrySettings retry = new RetrySettings(MOST, atLeastAMilli(ttl, 300), atLeastAMilli(ttl, 15), ttl);
        return repeated(retry, () -> {}, () -> limit.within(atLeastAMilli(ttl, 6), request));
    }

    private static Duration atLeastAMilli(Duration ttl, int part) {
        Duration share = ttl.dividedBy(part);
        return share.compareTo(Duration.ofMillis(1)) < 0 ? Duration.ofMillis(1) : share;
    }

    /**
     * Repeats {@code request} as {@code retry} says.
     *
     * @param check called before every attempt; what it throws ends the matter
     * @throws TransientStoreException when attempts or time are used up, or when interrupted
     */
    public <T> T repeated(RetrySettings retry, Runnable check, Supplier<T> request) {
        long start = timing.nanos();
        Duration pause = retry.base();
        for (int attempt = 1; ; attempt++) {
            check.run();
            try {
                return request.get();
            } catch (TransientStoreException e) {
                boolean late = timing.nanos() - start >= retry.deadline().toNanos();
                if (attempt >= retry.attempts()
                        || late
                        || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                pause(longer(pause, e.retryAfter().orElse(Duration.ZERO), retry.max()), e);
            }
            pause = shorter(pause.multipliedBy(2), retry.max());
        }
    }

    private static Duration longer(Duration pause, Duration asked, Duration most) {
        return pause.compareTo(asked) >= 0 ? pause : shorter(asked, most);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    private void pause(Duration pause, TransientStoreException failure) {
        try {
            timing.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure;
        }
    }
}

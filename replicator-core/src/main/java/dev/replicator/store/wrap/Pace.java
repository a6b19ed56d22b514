package dev.replicator.store.wrap;

import dev.replicator.store.TransientStoreException;
import dev.replicator.store.TransientStoreException.Trouble;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * How fast one endpoint is asked: a rate limiter (requests per second), and a bulkhead whose size follows the service:
 * a throttled answer cuts it to 7/10, at most once per {@value #WINDOW_MILLIS} ms, and each bulkhead's worth of good
 * answers adds one again (additive increase, multiplicative decrease). Thread-safe.
 */
public final class Pace {
    private static final long WINDOW_MILLIS = 250;
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Optional<RateLimiter> limiter;
    private final Bulkhead bulkhead;
    private final int most;
    private final AtomicInteger limit;
    private final AtomicInteger goodInARow = new AtomicInteger();
    private final AtomicLong lastCutNanos;
    private final LongSupplier nanoTime;

    /**
     * @param most requests in flight at most, 1 or more
     * @param requestsPerSecond 0 is no limit
     */
    public Pace(String name, int most, int requestsPerSecond, LongSupplier nanoTime) {
        this.most = most;
        this.nanoTime = nanoTime;
        limit = new AtomicInteger(most);
        lastCutNanos = new AtomicLong(
                nanoTime.getAsLong() - Duration.ofMillis(WINDOW_MILLIS).toNanos());
        bulkhead = Bulkhead.of(name, bulkheadOf(most));
        limiter = requestsPerSecond == 0
                ? Optional.empty()
                : Optional.of(RateLimiter.of(name, limiterOf(requestsPerSecond)));
    }

    private static BulkheadConfig bulkheadOf(int calls) {
        return BulkheadConfig.custom()
                .maxConcurrentCalls(calls)
                .maxWaitDuration(PATIENCE)
                .writableStackTraceEnabled(false)
                .build();
    }

    private static RateLimiterConfig limiterOf(int requestsPerSecond) {
        int perPeriod = Math.max(1, requestsPerSecond / 20);
        return RateLimiterConfig.custom()
                .limitForPeriod(perPeriod)
                .limitRefreshPeriod(Duration.ofNanos(1_000_000_000L * perPeriod / requestsPerSecond))
                .timeoutDuration(PATIENCE)
                .build();
    }

    /** Requests allowed in flight now. */
    public int limit() {
        return limit.get();
    }

    <T> T within(Supplier<T> request) {
        limiter.ifPresent(RateLimiter::waitForPermission);
        try {
            T answer = admitted(request);
            succeeded();
            return answer;
        } catch (TransientStoreException e) {
            if (e.trouble() == Trouble.THROTTLED) {
                throttled();
            }
            throw e;
        }
    }

    private <T> T admitted(Supplier<T> request) {
        bulkhead.acquirePermission();
        try {
            return request.get();
        } finally {
            bulkhead.onComplete();
        }
    }

    private void succeeded() {
        int now = limit.get();
        if (now < most && goodInARow.incrementAndGet() >= now) {
            goodInARow.set(0);
            resize(now, Math.min(most, now + 1));
        }
    }

    private void throttled() {
        goodInARow.set(0);
        long now = nanoTime.getAsLong();
        long last = lastCutNanos.get();
        if (now - last < Duration.ofMillis(WINDOW_MILLIS).toNanos() || !lastCutNanos.compareAndSet(last, now)) {
            return;
        }
        int current = limit.get();
        resize(current, Math.max(1, current * 7 / 10));
    }

    /**
     * Shrinking waits for as many requests to end as are too many, so nobody who holds a permission may come here: two
     * of them would wait for each other.
     */
    private void resize(int from, int to) {
        if (from != to && limit.compareAndSet(from, to)) {
            synchronized (bulkhead) {
                bulkhead.changeConfig(bulkheadOf(limit.get()));
            }
        }
    }
}

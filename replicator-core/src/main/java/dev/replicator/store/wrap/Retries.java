package dev.replicator.store.wrap;

import dev.replicator.store.RetrySettings;
import dev.replicator.store.StoreException;
import dev.replicator.store.TransientStoreException;
import dev.replicator.store.TransientStoreException.Trouble;
import dev.replicator.store.UnprovenListingException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The one retry layer of an endpoint: exponential random backoff on transient trouble, at least as long as the service
 * asked for, within attempts, a deadline and the run's budget. A circuit breaker stops asking an endpoint that only
 * fails (network and server errors; throttling is not a failure of the endpoint); waiting for it costs attempts but no
 * requests. Thread-safe.
 */
public final class Retries {
    /** An answer that can't be trusted is asked for again so often, in case a proxy's error page was it. */
    private static final int UNPROVEN_ATTEMPTS = 3;

    private static final double JITTER = 0.5;

    private final RetrySettings settings;
    private final RetryBudget budget;
    private final LongSupplier nanoTime;
    private final Retry retry;
    private final CircuitBreaker breaker;
    private final AtomicLong spent = new AtomicLong();

    public Retries(String endpoint, RetrySettings settings, RetryBudget budget, LongSupplier nanoTime) {
        this.settings = settings;
        this.budget = budget;
        this.nanoTime = nanoTime;
        retry = Retry.of(endpoint, configOf(settings));
        breaker = CircuitBreaker.of(endpoint, breakerOf());
    }

    private static RetryConfig configOf(RetrySettings settings) {
        IntervalFunction backoff = IntervalFunction.ofExponentialRandomBackoff(
                millis(settings.base()), 2.0, JITTER, millis(settings.max()));
        return RetryConfig.custom()
                .maxAttempts(settings.attempts())
                .intervalBiFunction((attempt, outcome) -> {
                    long asked = outcome.isLeft() && outcome.getLeft() instanceof StoreException e
                            ? e.retryAfter().map(Duration::toMillis).orElse(0L)
                            : 0L;
                    return Math.max(backoff.apply(attempt), Math.min(asked, millis(settings.max())));
                })
                .retryOnException(e -> true)
                .failAfterMaxAttempts(false)
                .build();
    }

    /** In whole milliseconds, 1 at least. */
    private static long millis(Duration wait) {
        return Math.max(1, wait.toMillis());
    }

    private static CircuitBreakerConfig breakerOf() {
        return CircuitBreakerConfig.custom()
                .slidingWindowSize(100)
                .minimumNumberOfCalls(30)
                .failureRateThreshold(90)
                .waitDurationInOpenState(Duration.ofSeconds(2))
                .permittedNumberOfCallsInHalfOpenState(3)
                .recordException(Retries::isEndpointFailure)
                .build();
    }

    private static boolean isEndpointFailure(Throwable e) {
        return e instanceof TransientStoreException trouble
                && (trouble.trouble() == Trouble.NETWORK || trouble.trouble() == Trouble.SERVER_ERROR);
    }

    /** Retries sent so far. */
    public long spent() {
        return spent.get();
    }

    /** Repeats {@code request} until it succeeds, fails for good, or attempts, time or budget are used up. */
    <T> T call(Supplier<T> request) {
        long deadline = nanoTime.getAsLong() + settings.deadline().toNanos();
        Retry.Context<T> context = retry.context();
        int unproven = 0;
        for (int attempt = 1; ; attempt++) {
            try {
                T answer = guarded(request);
                context.onComplete();
                budget.earn();
                return answer;
            } catch (TransientStoreException e) {
                if (e.isRepeatedBelow() || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                backOff(context, e, attempt, deadline);
            } catch (UnprovenListingException e) {
                if (++unproven >= UNPROVEN_ATTEMPTS) {
                    throw e;
                }
                backOff(context, e, attempt, deadline);
            }
        }
    }

    private <T> T guarded(Supplier<T> request) {
        if (!breaker.tryAcquirePermission()) {
            throw new TransientStoreException(
                    Trouble.NETWORK, "the endpoint " + breaker.getName() + " only fails; not asked for a moment");
        }
        long start = nanoTime.getAsLong();
        try {
            T answer = request.get();
            breaker.onSuccess(nanoTime.getAsLong() - start, TimeUnit.NANOSECONDS);
            return answer;
        } catch (RuntimeException | Error e) {
            breaker.onError(nanoTime.getAsLong() - start, TimeUnit.NANOSECONDS, e);
            throw e;
        }
    }

    private <T> void backOff(Retry.Context<T> context, StoreException e, int attempt, long deadline) {
        if (attempt >= settings.attempts() || nanoTime.getAsLong() >= deadline || !budget.spend()) {
            throw e;
        }
        spent.incrementAndGet();
        context.onRuntimeError(e);
    }
}

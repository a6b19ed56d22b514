package dev.replicator.store.remote;

import dev.replicator.store.RetrySettings;
import dev.replicator.store.TransientStoreException;
import dev.replicator.store.TransientStoreException.Trouble;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Patience for what only its own client can repeat: the steps of one large object, and the looks at one that was just
 * made, after which nobody may write it again. After each failure it waits, ever longer, or gives up; a step that
 * succeeded makes it fresh. Waits end when the thread is interrupted. Used by one thread.
 */
public final class Repeats {
    private final String call;
    private final RetrySettings settings;
    private final LongSupplier nanos;
    private final long start;
    private int failures;

    /** @param call what is tried, for an error's message */
    public Repeats(String call, RetrySettings settings) {
        this(call, settings, System::nanoTime);
    }

    Repeats(String call, RetrySettings settings, LongSupplier nanos) {
        this.call = call;
        this.settings = settings;
        this.nanos = nanos;
        this.start = nanos.getAsLong();
    }

    /**
     * The answer to {@code request}, which is sent until it does not fail transiently.
     *
     * @throws TransientStoreException final, when there have been enough tries, or the deadline is over
     */
    public static <T> T call(String call, RetrySettings settings, Supplier<T> request) {
        Repeats repeats = new Repeats(call, settings);
        while (true) {
            try {
                return request.get();
            } catch (TransientStoreException e) {
                if (e.isRepeatedBelow()) {
                    throw e;
                }
                repeats.after(e);
            }
        }
    }

    /** A step succeeded. */
    public void succeeded() {
        failures = 0;
    }

    /**
     * A step failed: waits before the next try.
     *
     * @throws TransientStoreException the failure, final, when there have been enough tries, or the deadline is over
     */
    public void after(TransientStoreException failure) {
        failures++;
        if (Thread.currentThread().isInterrupted() || failures >= settings.attempts()) {
            throw failure.afterRepeats();
        }
        long wait = wait(failure.retryAfter()).toNanos();
        if (nanos.getAsLong() - start + wait > settings.deadline().toNanos()) {
            throw failure.afterRepeats();
        }
        try {
            TimeUnit.NANOSECONDS.sleep(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransientStoreException(Trouble.NETWORK, call + ": interrupted", Optional.empty(), e);
        }
    }

    private Duration wait(Optional<Duration> asked) {
        long cap = settings.base().toNanos() << Math.min(failures - 1, 20);
        long most = cap <= 0
                ? settings.max().toNanos()
                : Math.min(cap, settings.max().toNanos());
        Duration drawn = Duration.ofNanos(ThreadLocalRandom.current().nextLong(most / 2, most + 1));
        return asked.filter(least -> least.compareTo(drawn) > 0).orElse(drawn);
    }
}

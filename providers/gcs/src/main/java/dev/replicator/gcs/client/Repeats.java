package dev.replicator.gcs.client;

import dev.replicator.store.RetrySettings;
import dev.replicator.store.TransientStoreException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Patience for the steps of one large object, which only its own client can repeat. After each failure it waits, ever
 * longer, or gives up; a step that succeeded makes it fresh. Waits end when the thread is interrupted. Used by one
 * thread.
 */
public final class Repeats {
    private final Call call;
    private final RetrySettings settings;
    private final LongSupplier nanos;
    private final long start;
    private int failures;

    public Repeats(Call call, RetrySettings settings) {
        this(call, settings, System::nanoTime);
    }

    Repeats(Call call, RetrySettings settings, LongSupplier nanos) {
        this.call = call;
        this.settings = settings;
        this.nanos = nanos;
        this.start = nanos.getAsLong();
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
            throw GcsErrors.interrupted(call, e);
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

package dev.replicator.hook.lease;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Runs a task again and again beside the caller. */
@FunctionalInterface
public interface Ticker {
    /** Runs {@code task} every {@code period}, first after one, until closed; the task must not throw. */
    Ticking every(Duration period, Runnable task);

    /** A running tick. */
    interface Ticking extends AutoCloseable {
        /** No run begins after this; one that is under way may end. */
        @Override
        void close();
    }

    /** One daemon thread for each. */
    static Ticker daemon(String threadName) {
        return (period, task) -> {
            ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(work -> {
                Thread thread = new Thread(work, threadName);
                thread.setDaemon(true);
                return thread;
            });
            long nanos = Math.max(1_000_000, period.toNanos());
            var ignored = executor.scheduleAtFixedRate(task, nanos, nanos, TimeUnit.NANOSECONDS);
            return executor::shutdown;
        };
    }
}

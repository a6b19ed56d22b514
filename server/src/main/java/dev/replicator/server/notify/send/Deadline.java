package dev.replicator.server.notify.send;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Cuts off whoever answers a drop at a time. Thread-safe. */
final class Deadline implements AutoCloseable {
    private final Duration longest;
    private final ScheduledThreadPoolExecutor timer;

    Deadline(Duration longest) {
        this.longest = longest;
        this.timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "replicator-notification-deadline");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
    }

    /** Does that once the time is over, unless it is closed before. */
    Running start(Runnable cut) {
        ScheduledFuture<?> waiting = timer.schedule(cut, longest.toMillis(), TimeUnit.MILLISECONDS);
        return () -> waiting.cancel(false);
    }

    /** A time that runs. */
    interface Running extends AutoCloseable {
        @Override
        void close();
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}

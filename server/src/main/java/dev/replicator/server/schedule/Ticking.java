package dev.replicator.server.schedule;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does something again and again in a thread of its own, which nothing that it throws ends. A clock that jumps and a
 * machine that slept change nothing: pauses are short, and what is done asks the clock by itself.
 */
public final class Ticking implements AutoCloseable {
    private static final Duration STALLED = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Logger log = LoggerFactory.getLogger(Ticking.class);

    private final String what;
    private final Runnable task;
    private final ScheduledExecutorService thread;
    private volatile long last = System.nanoTime();
    private boolean failing;

    private Ticking(String what, Runnable task) {
        this.what = what;
        this.task = task;
        this.thread = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread named = new Thread(work, "replicator-" + what);
            named.setDaemon(true);
            return named;
        });
    }

    /** Begins now; so long passes between the end of one time and the next. */
    public static Ticking every(Duration pause, String what, Runnable task) {
        Ticking ticking = new Ticking(what, task);
        ScheduledFuture<?> endless =
                ticking.thread.scheduleWithFixedDelay(ticking::tick, 0, pause.toMillis(), TimeUnit.MILLISECONDS);
        log.debug("{}: {}", what, endless);
        return ticking;
    }

    private void tick() {
        try {
            task.run();
            if (failing) {
                log.info("{}: all is well again", what);
                failing = false;
            }
        } catch (RuntimeException e) {
            if (!failing) {
                log.warn("{}: {}; it is tried again", what, e.getMessage(), e);
                failing = true;
            }
        }
        last = System.nanoTime();
    }

    /** Whether it was done in the last minute. */
    public boolean isAlive() {
        return System.nanoTime() - last < STALLED.toNanos();
    }

    /** No more; one that goes on is waited for, up to five seconds. */
    @Override
    public void close() {
        close(PATIENCE);
    }

    /** No more; one that goes on is waited for, so long. */
    void close(Duration patience) {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}

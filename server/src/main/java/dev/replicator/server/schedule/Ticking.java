package dev.replicator.server.schedule;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does something again and again in a thread of its own, which nothing that it throws ends. A clock that jumps and a
 * machine that slept change nothing: pauses are short, and what is done asks the clock by itself.
 */
public final class Ticking implements AutoCloseable {
    /** What is looked at takes less, however busy the machine is. */
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Logger log = LoggerFactory.getLogger(Ticking.class);

    private final String what;
    private final Runnable task;
    private final Duration silence;
    private final LongSupplier nanos;
    private final ScheduledExecutorService thread;
    private volatile long last;
    private boolean failing;

    private Ticking(String what, Runnable task, Duration silence, LongSupplier nanos) {
        this.what = what;
        this.silence = silence;
        this.nanos = nanos;
        this.last = nanos.getAsLong();
        this.task = task;
        this.thread = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread named = new Thread(work, "replicator-" + what);
            named.setDaemon(true);
            return named;
        });
    }

    /** Begins now; so long passes between the end of one time and the next. */
    public static Ticking every(Duration pause, String what, Runnable task) {
        return every(pause, LONGEST, what, task);
    }

    /**
     * As {@link #every(Duration, String, Runnable)}.
     *
     * @param longest what takes longer is stuck
     */
    public static Ticking every(Duration pause, Duration longest, String what, Runnable task) {
        return every(pause, longest, what, task, System::nanoTime);
    }

    static Ticking every(Duration pause, Duration longest, String what, Runnable task, LongSupplier nanos) {
        Ticking ticking = new Ticking(what, task, pause.plus(longest), nanos);
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
            last = nanos.getAsLong();
        } catch (RuntimeException e) {
            say(e);
            last = nanos.getAsLong();
        } catch (Error e) {
            say(e);
        }
    }

    /** Also where there is no room left for a line: then the next time says it. */
    private void say(Throwable problem) {
        if (failing) {
            return;
        }
        try {
            log.warn("{}: {}; it is tried again", what, problem.getMessage(), problem);
            failing = true;
        } catch (Error e) {
            failing = false;
        }
    }

    /**
     * Whether it was done lately, be it in vain: neither stuck for longer than it may take, nor failing all the while at
     * what only an error of the machine or of the program can be (no memory, no such class).
     */
    public boolean isAlive() {
        return nanos.getAsLong() - last < silence.toNanos();
    }

    /** Ends all of them; of those that go on all together are waited for, so long. */
    public static void close(Collection<Ticking> all, Duration patience) {
        all.forEach(ticking -> ticking.thread.shutdown());
        long end = System.nanoTime() + patience.toNanos();
        all.forEach(ticking -> ticking.close(Duration.ofNanos(Math.max(0, end - System.nanoTime()))));
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
            if (!thread.awaitTermination(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}

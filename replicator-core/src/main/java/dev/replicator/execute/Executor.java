package dev.replicator.execute;

import dev.replicator.plan.Action;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Runs actions on a bounded pool. {@link #submit} blocks while the pool and its short queue are full, so a plan of any
 * length takes the memory of the actions in flight. Results come from several threads, in no order.
 */
public final class Executor implements AutoCloseable {
    /** How long a stopped run waits for objects in flight. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    private final ActionRunner runner;
    private final Cancellation cancellation;
    private final Consumer<ActionResult> results;
    private final ExecutorService pool;
    private final Semaphore slots;
    private final int size;

    /** @param concurrency actions in flight at most */
    public Executor(ActionRunner runner, int concurrency, Cancellation cancellation, Consumer<ActionResult> results) {
        this.runner = runner;
        this.cancellation = cancellation;
        this.results = results;
        size = concurrency * 2;
        slots = new Semaphore(size);
        pool = Workers.pool("replicator-worker", concurrency);
    }

    /** Runs the action soon; without a worker when it needs none or the run was stopped. */
    public void submit(Action action) {
        if (action instanceof Action.Skip || action instanceof Action.Keep || !roomFor(action)) {
            results.accept(runner.run(action));
            return;
        }
        pool.execute(() -> {
            try {
                results.accept(runner.run(action));
            } finally {
                slots.release();
            }
        });
    }

    /** Waits for room; false when the run was stopped, be it while every worker was stuck. */
    private boolean roomFor(Action action) {
        boolean interrupted = false;
        try {
            while (!cancellation.isStopped()) {
                try {
                    if (slots.tryAcquire(200, TimeUnit.MILLISECONDS)) {
                        return true;
                    }
                } catch (InterruptedException e) {
                    interrupted = true;
                    cancellation.cancel("interrupted before " + action.key());
                }
            }
            return false;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Waits until everything submitted has ended; after a stop for 30 s at most.
     *
     * @return false when objects in flight did not end in time
     */
    public boolean drain() {
        while (!tryAllSlots(Duration.ofMillis(200))) {
            if (cancellation.isStopped()) {
                return tryAllSlots(GRACE);
            }
        }
        return true;
    }

    private boolean tryAllSlots(Duration patience) {
        try {
            if (!slots.tryAcquire(size, patience.toMillis(), TimeUnit.MILLISECONDS)) {
                return false;
            }
            slots.release(size);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            cancellation.cancel("interrupted");
            return false;
        }
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }
}

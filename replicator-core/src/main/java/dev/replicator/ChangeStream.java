package dev.replicator;

import dev.replicator.diff.Change;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Settles doubts on a pool without losing the order of keys: at most {@value #WINDOW} changes wait behind the oldest
 * open doubt. Once the run is stopped nobody waits for an open doubt: it and what waits behind it are dropped.
 */
final class ChangeStream {
    private static final int WINDOW = 256;
    private static final long POLL_MILLIS = 100;

    private final Settling settling;
    private final ExecutorService pool;
    private final BooleanSupplier stopped;
    private final Consumer<Change> consumer;
    private final Deque<Future<Change>> waiting = new ArrayDeque<>();

    ChangeStream(Settling settling, ExecutorService pool, BooleanSupplier stopped, Consumer<Change> consumer) {
        this.settling = settling;
        this.pool = pool;
        this.stopped = stopped;
        this.consumer = consumer;
    }

    /** Hands over all changes in order; throws what the changes or a settling throws, after what came before it. */
    void pump(Iterator<Change> changes) {
        try {
            while (changes.hasNext()) {
                accept(changes.next());
            }
        } finally {
            flush();
        }
    }

    private void accept(Change change) {
        if (settling.isOpen(change)) {
            waiting.add(pool.submit(() -> settling.settle(change)));
        } else if (waiting.isEmpty()) {
            consumer.accept(change);
        } else {
            waiting.add(CompletableFuture.completedFuture(change));
        }
        while (waiting.size() > WINDOW || !waiting.isEmpty() && waiting.peek().isDone()) {
            consumer.accept(result(waiting.remove()));
        }
    }

    private void flush() {
        while (!waiting.isEmpty()) {
            consumer.accept(result(waiting.remove()));
        }
    }

    private Change result(Future<Change> settled) {
        while (true) {
            try {
                return settled.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                if (stopped.getAsBoolean()) {
                    throw dropped("stopped while comparing");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw dropped("interrupted while comparing");
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RuntimeException failure) {
                    throw failure;
                }
                throw new IllegalStateException("comparing failed", e.getCause());
            }
        }
    }

    private CancellationException dropped(String why) {
        waiting.forEach(doubt -> doubt.cancel(true));
        waiting.clear();
        return new CancellationException(why);
    }
}

package dev.replicator;

import dev.replicator.diff.Change;
import dev.replicator.diff.DoubtSettler;
import dev.replicator.diff.StoppableWait;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Settles doubts on a pool without losing the order of keys: at most {@value #WINDOW} changes wait behind the oldest
 * open doubt. Once the run is stopped nobody waits for an open doubt: it and what waits behind it are dropped.
 */
final class ChangeStream {
    private static final int WINDOW = 256;

    private final DoubtSettler settler;
    private final ExecutorService pool;
    private final BooleanSupplier stopped;
    private final Consumer<Change> consumer;
    private final Deque<Future<Change>> waiting = new ArrayDeque<>();

    ChangeStream(DoubtSettler settler, ExecutorService pool, BooleanSupplier stopped, Consumer<Change> consumer) {
        this.settler = settler;
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
        if (change instanceof Change.Doubtful doubt) {
            waiting.add(pool.submit(() -> settler.settle(doubt)));
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
        try {
            return StoppableWait.result(settled, stopped, "comparing");
        } catch (CancellationException e) {
            waiting.forEach(doubt -> doubt.cancel(true));
            waiting.clear();
            throw e;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException("comparing failed", e.getCause());
        }
    }
}

package dev.replicator;

import dev.replicator.diff.Change;
import dev.replicator.diff.StoppableWait;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.Callable;
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

    private final Questions questions;
    private final ExecutorService pool;
    private final BooleanSupplier stopped;
    private final Consumer<Change> consumer;
    private final Deque<Future<Change>> waiting = new ArrayDeque<>();

    /** What must be asked of a change before it can be handed over. */
    @FunctionalInterface
    interface Questions {
        /** The work that turns the change into one that is settled; empty when it is. */
        Optional<Callable<Change>> of(Change change);
    }

    ChangeStream(Questions questions, ExecutorService pool, BooleanSupplier stopped, Consumer<Change> consumer) {
        this.questions = questions;
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
        Optional<Callable<Change>> question = questions.of(change);
        if (question.isPresent()) {
            waiting.add(pool.submit(question.get()));
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

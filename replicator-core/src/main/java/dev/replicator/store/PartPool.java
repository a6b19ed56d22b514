package dev.replicator.store;

import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A store's threads for the parts of large objects: {@link TransferSizes#PARTS_AT_ONCE} parts of one object at a time, a
 * bounded number for all. Thread-safe.
 */
public final class PartPool implements AutoCloseable {
    private static final int THREADS = 16;

    private final AtomicInteger numbers = new AtomicInteger();
    private final ThreadPoolExecutor threads;

    /** @param name what the threads' names begin with */
    public PartPool(String name) {
        threads = new ThreadPoolExecutor(THREADS, THREADS, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            Thread thread = new Thread(task, name + "-part-" + numbers.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        threads.allowCoreThreadTimeOut(true);
    }

    private record Numbered<T>(int number, T result) {}

    /**
     * Does parts 1 to {@code count}; their results in order of number. The first failure stops the rest and is thrown
     * once no part is on its way any more.
     *
     * @param part what is done for a number; fails with unchecked exceptions only
     * @throws InterruptedException at once, with parts perhaps still on their way
     */
    public <T> List<T> send(int count, IntFunction<T> part) throws InterruptedException {
        CompletionService<Numbered<T>> sent = new ExecutorCompletionService<>(threads);
        SortedMap<Integer, T> done = new TreeMap<>();
        int next = 1;
        int running = 0;
        @Nullable Throwable failure = null;
        while (running > 0 || (next <= count && failure == null)) {
            while (failure == null && next <= count && running < TransferSizes.PARTS_AT_ONCE) {
                int number = next++;
                sent.submit(() -> new Numbered<>(number, part.apply(number)));
                running++;
            }
            try {
                Numbered<T> result = sent.take().get();
                done.put(result.number(), result.result());
            } catch (ExecutionException e) {
                failure = Objects.requireNonNullElse(failure, Objects.requireNonNullElse(e.getCause(), e));
            }
            running--;
        }
        if (failure instanceof RuntimeException thrown) {
            throw thrown;
        }
        if (failure instanceof Error thrown) {
            throw thrown;
        }
        return List.copyOf(done.values());
    }

    /** Runs what needs no waiting for. */
    public void later(Runnable task) {
        threads.execute(task);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}

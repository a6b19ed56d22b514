package dev.replicator.s3.object;

import dev.replicator.s3.client.Call;
import dev.replicator.s3.client.S3Errors;
import dev.replicator.store.TransferSizes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * Threads for the parts of large objects: a few parts of one object at a time, a bounded number for all. Parts hold no
 * buffers of their own, so bytes in flight are what the sockets hold. Thread-safe.
 */
public final class PartPool implements AutoCloseable {
    private static final int THREADS = 16;
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final ThreadPoolExecutor threads;

    public PartPool() {
        threads = new ThreadPoolExecutor(THREADS, THREADS, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            Thread thread = new Thread(task, "s3-part-" + NUMBERS.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * Sends parts 1 to {@code count}; their results in order of number. The first failure stops the rest and is thrown
     * once no part is on its way any more.
     */
    List<CompletedPart> send(Call call, int count, IntFunction<CompletedPart> part) {
        CompletionService<CompletedPart> sent = new ExecutorCompletionService<>(threads);
        List<CompletedPart> done = new ArrayList<>(count);
        int next = 1;
        int running = 0;
        RuntimeException failure = null;
        while (running > 0 || (next <= count && failure == null)) {
            while (failure == null && next <= count && running < TransferSizes.PARTS_AT_ONCE) {
                int number = next++;
                sent.submit(() -> part.apply(number));
                running++;
            }
            try {
                done.add(sent.take().get());
                running--;
            } catch (InterruptedException e) {
                throw S3Errors.interrupted(call, e);
            } catch (ExecutionException e) {
                running--;
                failure = failure == null ? asRuntime(call, e) : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
        done.sort(Comparator.comparing(CompletedPart::partNumber));
        return done;
    }

    private static RuntimeException asRuntime(Call call, ExecutionException e) {
        Throwable cause = e.getCause();
        if (cause instanceof RuntimeException thrown) {
            return thrown;
        }
        return S3Errors.translate(call, cause == null ? e : cause);
    }

    /** Runs what needs no waiting for. */
    void later(Runnable task) {
        threads.execute(task);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}

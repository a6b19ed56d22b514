package dev.replicator.store;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store's threads for the parts of large objects: {@link TransferSizes#PARTS_AT_ONCE} parts of one object at a time, a
 * bounded number for all. Thread-safe.
 */
public final class PartPool implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PartPool.class);
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

    /** As {@link #send} does, but one part after the other. */
    public <T> List<T> sendInOrder(int count, IntFunction<T> part) throws InterruptedException {
        return new Sending<>(count, 1, part).all();
    }

    /**
     * Does parts 1 to {@code count}; their results in order of number. The first failure stops the rest. Whatever is
     * thrown, no part is on its way any more by then.
     *
     * @param part what is done for a number; fails with unchecked exceptions only
     * @throws InterruptedException once the parts on their way, which are interrupted too, have ended
     * @throws IllegalStateException when the pool is closed before all parts are done
     */
    public <T> List<T> send(int count, IntFunction<T> part) throws InterruptedException {
        return new Sending<>(count, TransferSizes.PARTS_AT_ONCE, part).all();
    }

    /** Runs what needs no waiting for; drops it once the pool is closed. */
    public void later(Runnable task) {
        try {
            threads.execute(task);
        } catch (RejectedExecutionException e) {
            log.debug("the store is closed: left undone", e);
        }
    }

    /** Interrupts the parts on their way and drops the others; whoever waits for them is told. */
    @Override
    public void close() {
        for (Runnable task : threads.shutdownNow()) {
            if (task instanceof Part<?> part) {
                part.drop();
            }
        }
    }

    /** One part; tells {@code ended} exactly once that it is no longer on its way. */
    private static final class Part<T> implements Runnable {
        private final int number;
        private final FutureTask<T> work;
        private final BlockingQueue<Part<T>> ended;

        Part(int number, IntFunction<T> work, BlockingQueue<Part<T>> ended) {
            this.number = number;
            this.work = new FutureTask<>(() -> work.apply(number));
            this.ended = ended;
        }

        @Override
        public void run() {
            work.run();
            ended.add(this);
        }

        /** In place of {@link #run}, which nobody will call. */
        void drop() {
            work.cancel(false);
            ended.add(this);
        }

        void interrupt() {
            work.cancel(true);
        }
    }

    /** The parts of one object. Used by one thread. */
    private final class Sending<T> {
        private final int count;
        private final int atOnce;
        private final IntFunction<T> work;
        private final BlockingQueue<Part<T>> ended = new LinkedBlockingQueue<>();
        private final Map<Integer, Part<T>> onTheirWay = new TreeMap<>();
        private final SortedMap<Integer, T> done = new TreeMap<>();
        private int next = 1;
        private @Nullable Throwable failure;

        Sending(int count, int atOnce, IntFunction<T> work) {
            this.count = count;
            this.atOnce = atOnce;
            this.work = work;
        }

        List<T> all() throws InterruptedException {
            try {
                start();
                while (!onTheirWay.isEmpty()) {
                    take(ended.take());
                    start();
                }
            } catch (InterruptedException e) {
                onTheirWay.values().forEach(Part::interrupt);
                dropWaiting();
                awaitRest();
                throw e;
            }
            if (failure instanceof RuntimeException thrown) {
                throw thrown;
            }
            if (failure instanceof Error thrown) {
                throw thrown;
            }
            return List.copyOf(done.values());
        }

        private void start() {
            while (failure == null && next <= count && onTheirWay.size() < atOnce) {
                Part<T> part = new Part<>(next, work, ended);
                try {
                    threads.execute(part);
                } catch (RejectedExecutionException e) {
                    failed(closed(e));
                    return;
                }
                onTheirWay.put(next++, part);
            }
        }

        private void take(Part<T> part) {
            onTheirWay.remove(part.number);
            try {
                done.put(part.number, part.work.get());
            } catch (ExecutionException e) {
                failed(Objects.requireNonNullElse(e.getCause(), e));
            } catch (CancellationException e) {
                failed(closed(e));
            } catch (InterruptedException e) {
                // It has ended, so nothing was waited for.
                Thread.currentThread().interrupt();
                failed(new IllegalStateException(e));
            }
        }

        private void failed(Throwable cause) {
            failure = Objects.requireNonNullElse(failure, cause);
            dropWaiting();
        }

        private IllegalStateException closed(Exception cause) {
            return new IllegalStateException("the store is closed", cause);
        }

        /** Those that no thread has taken up. */
        private void dropWaiting() {
            onTheirWay.values().stream().filter(threads::remove).forEach(Part::drop);
        }

        private void awaitRest() {
            boolean interrupted = false;
            while (!onTheirWay.isEmpty()) {
                try {
                    onTheirWay.remove(ended.take().number);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}

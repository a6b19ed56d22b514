package dev.replicator.hook.lease;

import dev.replicator.store.TransientStoreException;
import dev.replicator.store.TransientStoreException.Trouble;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Runs requests beside their callers; one that is overdue is interrupted and forgotten. */
final class DaemonRequests implements RequestLimit {
    /** Forgotten requests that hang on, too; those of one lease end with it. */
    private static final int MOST = 64;

    private static final int IDLE_SECONDS = 5;

    private final ExecutorService threads;

    DaemonRequests(String threadName) {
        threads = new ThreadPoolExecutor(0, MOST, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), work -> {
            Thread thread = new Thread(work, threadName);
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public <T> T within(Duration longest, Supplier<T> request) {
        Future<T> answer = sent(request);
        try {
            return answer.get(longest.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw trouble("no answer within " + longest.toMillis() + " ms", e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw trouble("interrupted while waiting for an answer", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException("a request threw what it can't", e);
        }
    }

    private <T> Future<T> sent(Supplier<T> request) {
        try {
            return threads.submit(request::get);
        } catch (RejectedExecutionException e) {
            throw trouble(MOST + " requests are still without an answer", e);
        }
    }

    private static TransientStoreException trouble(String message, Exception cause) {
        return new TransientStoreException(Trouble.NETWORK, message, Optional.empty(), cause);
    }
}

package dev.replicator.testkit.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs the same deed in many threads that all start at once. */
final class Race {
    interface Runner<T> {
        T run(int index) throws Exception;
    }

    private Race() {}

    /** The outcomes by runner; fails when they take more than a minute. */
    static <T> List<Outcome<T>> run(int runners, Runner<T> runner)
            throws InterruptedException, ExecutionException, TimeoutException {
        ExecutorService threads = Executors.newFixedThreadPool(runners);
        CyclicBarrier start = new CyclicBarrier(runners);
        try {
            List<Future<Outcome<T>>> running = new ArrayList<>();
            for (int i = 0; i < runners; i++) {
                int index = i;
                running.add(threads.submit(() -> {
                    start.await(60, TimeUnit.SECONDS);
                    return Outcome.of(() -> runner.run(index));
                }));
            }
            List<Outcome<T>> outcomes = new ArrayList<>();
            for (Future<Outcome<T>> one : running) {
                outcomes.add(one.get(60, TimeUnit.SECONDS));
            }
            return outcomes;
        } finally {
            threads.shutdownNow();
        }
    }
}

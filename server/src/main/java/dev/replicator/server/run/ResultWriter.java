package dev.replicator.server.run;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.LongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what became of one run's objects to the log in portions, on a thread of its own: who adds waits only while
 * {@value #WAITING} portions wait already. A log that fails is said once, and costs the run nothing but the wait until
 * then. Thread-safe.
 */
final class ResultWriter implements AutoCloseable {
    private static final int PORTION = 4_000;
    private static final int WAITING = 4;
    private static final Logger log = LoggerFactory.getLogger(ResultWriter.class);

    private final String run;
    private final RunLog runs;
    private final BlockingQueue<List<ObjectResult>> waiting = new ArrayBlockingQueue<>(WAITING);
    private final Thread thread;
    private List<ObjectResult> portion = new ArrayList<>(PORTION);
    private long number;
    private volatile String lost;

    /** @param lost why nothing can be kept of this run from the start; empty when it can */
    ResultWriter(String run, RunLog runs, String lost) {
        this.run = run;
        this.runs = runs;
        this.lost = lost;
        thread = new Thread(this::write, "replicator-results");
        thread.setDaemon(true);
        thread.start();
    }

    /** @param result made with its number */
    synchronized void add(LongFunction<ObjectResult> result) {
        if (!lost.isEmpty()) {
            return;
        }
        number++;
        portion.add(result.apply(number));
        if (portion.size() == PORTION) {
            handOver();
        }
    }

    private void handOver() {
        List<ObjectResult> full = portion;
        portion = new ArrayList<>(PORTION);
        try {
            waiting.put(full);
        } catch (InterruptedException e) {
            lose("interrupted");
            Thread.currentThread().interrupt();
        }
    }

    /** An empty portion is the last. */
    private void write() {
        try {
            for (List<ObjectResult> next = waiting.take(); !next.isEmpty(); next = waiting.take()) {
                if (lost.isEmpty()) {
                    keep(next);
                }
            }
        } catch (InterruptedException e) {
            lose("interrupted");
        }
    }

    private void keep(List<ObjectResult> results) {
        try {
            runs.add(run, results);
        } catch (RuntimeException e) {
            lose("from object " + results.get(0).number() + " on: " + e.getMessage());
        }
    }

    private void lose(String why) {
        lost = "what became of objects was not kept: " + why;
        log.warn("run {}: {}", run, lost);
    }

    /** Why not all of it is in the log; empty when it is. To be asked after {@link #close}. */
    String lost() {
        return lost;
    }

    /** Writes what is left; also when interrupted, as that stops the run and not the memory of it. */
    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        List<ObjectResult> last;
        synchronized (this) {
            last = portion;
            portion = new ArrayList<>();
        }
        try {
            if (!last.isEmpty()) {
                waiting.put(last);
            }
            waiting.put(List.of());
            thread.join();
        } catch (InterruptedException e) {
            lose("interrupted");
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

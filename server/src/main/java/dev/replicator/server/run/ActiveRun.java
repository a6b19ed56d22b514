package dev.replicator.server.run;

import dev.replicator.execute.Cancellation;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** A run under way here. Thread-safe. */
final class ActiveRun {
    private final Cancellation cancellation = new Cancellation();
    private final CountDownLatch end = new CountDownLatch(1);
    private final ReentrantLock telling = new ReentrantLock();
    private RunRecord record;
    private volatile RunProgress progress = RunProgress.NONE;

    ActiveRun(RunRecord record) {
        this.record = record;
    }

    synchronized RunRecord record() {
        return record;
    }

    /** The next state; one that has ended stays as it is, and only then can't be asked to stop any more. */
    synchronized RunRecord change(UnaryOperator<RunRecord> next) {
        if (!record.state().isEnd()) {
            record = next.apply(record);
        }
        return record;
    }

    /**
     * Changes it as {@link #change} and tells of it, in the order in which it changes; one that has ended before is not told
     * of again.
     */
    RunRecord change(UnaryOperator<RunRecord> next, Consumer<RunRecord> tell) {
        telling.lock();
        try {
            boolean over = record().state().isEnd();
            RunRecord changed = change(next);
            if (!over) {
                tell.accept(changed);
            }
            return changed;
        } finally {
            telling.unlock();
        }
    }

    Cancellation cancellation() {
        return cancellation;
    }

    RunProgress progress() {
        return progress;
    }

    void progress(RunProgress now) {
        progress = now;
    }

    /** Wakes up who waits. */
    void over() {
        end.countDown();
    }

    /** Waits until it is over, or so long. */
    void await(Duration most) throws InterruptedException {
        end.await(most.toMillis(), TimeUnit.MILLISECONDS);
    }
}

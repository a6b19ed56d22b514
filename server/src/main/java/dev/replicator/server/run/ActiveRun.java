package dev.replicator.server.run;

import dev.replicator.execute.Cancellation;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** A run under way here. Thread-safe. */
final class ActiveRun {
    private final Cancellation cancellation = new Cancellation();
    private final CountDownLatch end = new CountDownLatch(1);
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

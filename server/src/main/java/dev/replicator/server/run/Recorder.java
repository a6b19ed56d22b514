package dev.replicator.server.run;

import dev.replicator.diff.Change;
import dev.replicator.execute.ActionResult;
import dev.replicator.plan.Action;
import dev.replicator.report.RunListener;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears one run: counts how far it is and hands what became of its objects to the log, in portions. A log that fails is
 * said once, and costs the run nothing.
 */
final class Recorder implements RunListener, AutoCloseable {
    private static final int PORTION = 500;
    private static final Logger log = LoggerFactory.getLogger(Recorder.class);

    private final String run;
    private final RunLog runs;
    private final Consumer<RunProgress> observer;
    private final AtomicLong sourceKeys = new AtomicLong();
    private final AtomicLong destinationKeys = new AtomicLong();
    private final AtomicLong planned = new AtomicLong();
    private final AtomicLong finished = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private List<ObjectResult> portion = new ArrayList<>();
    private long number;
    private boolean broken;

    Recorder(String run, RunLog runs, Consumer<RunProgress> observer) {
        this.run = run;
        this.runs = runs;
        this.observer = observer;
    }

    @Override
    public void listed(Change.Side side, long keys) {
        (side == Change.Side.SOURCE ? sourceKeys : destinationKeys).addAndGet(keys);
        observer.accept(progress());
    }

    @Override
    public void planned(Action action) {
        planned.incrementAndGet();
    }

    @Override
    public void finished(ActionResult result) {
        finished.incrementAndGet();
        if (result instanceof ActionResult.Done done) {
            bytes.addAndGet(done.bytes());
        } else if (result instanceof ActionResult.Failed) {
            failed.incrementAndGet();
        }
        remember(result);
        observer.accept(progress());
    }

    RunProgress progress() {
        return new RunProgress(
                sourceKeys.get(), destinationKeys.get(), planned.get(), finished.get(), failed.get(), bytes.get());
    }

    private synchronized void remember(ActionResult result) {
        number++;
        portion.add(ObjectResult.of(number, result));
        if (portion.size() >= PORTION) {
            flush();
        }
    }

    private void flush() {
        List<ObjectResult> full = portion;
        portion = new ArrayList<>();
        if (broken || full.isEmpty()) {
            return;
        }
        try {
            runs.add(run, full);
        } catch (RunLogException e) {
            broken = true;
            log.warn("run {}: results of objects are not kept any more: {}", run, e.getMessage());
        }
    }

    /** Hands over what is left. */
    @Override
    public synchronized void close() {
        flush();
    }
}

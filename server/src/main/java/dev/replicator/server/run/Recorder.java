package dev.replicator.server.run;

import dev.replicator.diff.Change;
import dev.replicator.execute.ActionResult;
import dev.replicator.job.PrefixPair;
import dev.replicator.plan.Action;
import dev.replicator.report.DriftFinding;
import dev.replicator.report.Finding;
import dev.replicator.report.RunHeader;
import dev.replicator.report.RunListener;
import dev.replicator.store.ObjectKey;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/**
 * Hears one run: counts how far it is, and hands what became of its objects, under their keys in the destination, to a
 * {@link ResultWriter}. Thread-safe.
 */
final class Recorder implements RunListener, AutoCloseable {
    private final ResultWriter writer;
    private final boolean plans;
    private final Consumer<String> begun;
    private final Consumer<RunProgress> observer;
    private final AtomicLong sourceKeys = new AtomicLong();
    private final AtomicLong destinationKeys = new AtomicLong();
    private final AtomicLong planned = new AtomicLong();
    private final AtomicLong finished = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private volatile List<PrefixPair> pairs = List.of();

    /**
     * @param plans whether what is planned is the result
     * @param begun told the engine's id of the run
     */
    Recorder(ResultWriter writer, boolean plans, Consumer<String> begun, Consumer<RunProgress> observer) {
        this.writer = writer;
        this.plans = plans;
        this.begun = begun;
        this.observer = observer;
    }

    @Override
    public void started(RunHeader header) {
        pairs = header.job().paths();
        begun.accept(header.runId());
    }

    @Override
    public void listed(Change.Side side, long keys) {
        (side == Change.Side.SOURCE ? sourceKeys : destinationKeys).addAndGet(keys);
        observer.accept(progress());
    }

    @Override
    public void planned(Action action) {
        planned.incrementAndGet();
        if (plans) {
            ObjectKey key = key(action.pair(), action.key());
            remember(number -> ObjectResult.planned(number, key, action));
        }
    }

    @Override
    public void finished(ActionResult result) {
        finished.incrementAndGet();
        if (result instanceof ActionResult.Done done) {
            bytes.addAndGet(done.bytes());
        } else if (result instanceof ActionResult.Failed) {
            failed.incrementAndGet();
        }
        ObjectKey key = key(result.action().pair(), result.action().key());
        remember(number -> ObjectResult.of(number, key, result));
        observer.accept(progress());
    }

    /** Something that a validation found. */
    void found(Finding finding) {
        finished.incrementAndGet();
        ObjectKey key = key(finding.pair(), finding.entry().key());
        remember(number -> ObjectResult.found(number, key, finding));
    }

    /** Something that others changed. */
    void found(DriftFinding finding) {
        finished.incrementAndGet();
        ObjectKey key = key(finding.pair(), finding.object().key());
        remember(number -> ObjectResult.found(number, key, finding));
    }

    private ObjectKey key(int pair, ObjectKey key) {
        List<PrefixPair> known = pairs;
        return pair < known.size() ? key.prependedBy(known.get(pair).to()) : key;
    }

    private void remember(LongFunction<ObjectResult> result) {
        writer.add(result);
    }

    RunProgress progress() {
        return new RunProgress(
                sourceKeys.get(), destinationKeys.get(), planned.get(), finished.get(), failed.get(), bytes.get());
    }

    /** Why not all results are in the log; empty when they are. To be asked after {@link #close}. */
    String lost() {
        return writer.lost();
    }

    /** Hands over what is left, and waits until it is kept or lost. */
    @Override
    public void close() {
        writer.close();
    }
}

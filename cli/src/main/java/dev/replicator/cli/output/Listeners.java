package dev.replicator.cli.output;

import dev.replicator.diff.Change;
import dev.replicator.execute.ActionResult;
import dev.replicator.plan.Action;
import dev.replicator.report.GateReport;
import dev.replicator.report.RunHeader;
import dev.replicator.report.RunListener;
import dev.replicator.report.RunReport;
import dev.replicator.store.MetadataLoss;
import java.util.List;
import java.util.function.Consumer;

/** Several listeners as one. */
public final class Listeners implements RunListener {
    private final List<RunListener> all;

    public Listeners(List<RunListener> all) {
        this.all = List.copyOf(all);
    }

    private void each(Consumer<RunListener> event) {
        all.forEach(event);
    }

    @Override
    public boolean wantsUnchanged() {
        return all.stream().anyMatch(RunListener::wantsUnchanged);
    }

    @Override
    public void started(RunHeader header) {
        each(listener -> listener.started(header));
    }

    @Override
    public void listed(Change.Side side, long keys) {
        each(listener -> listener.listed(side, keys));
    }

    @Override
    public void planned(Action action) {
        each(listener -> listener.planned(action));
    }

    @Override
    public void drifted(Change.Drifted drifted, int pair) {
        each(listener -> listener.drifted(drifted, pair));
    }

    @Override
    public void unchanged(Change.Same same, int pair) {
        all.stream().filter(RunListener::wantsUnchanged).forEach(listener -> listener.unchanged(same, pair));
    }

    @Override
    public void finished(ActionResult result) {
        each(listener -> listener.finished(result));
    }

    @Override
    public void metadataLost(Action action, MetadataLoss loss) {
        each(listener -> listener.metadataLost(action, loss));
    }

    @Override
    public void gate(GateReport verdict) {
        each(listener -> listener.gate(verdict));
    }

    @Override
    public void warning(String message) {
        each(listener -> listener.warning(message));
    }

    @Override
    public void ended(RunReport report) {
        each(listener -> listener.ended(report));
    }
}

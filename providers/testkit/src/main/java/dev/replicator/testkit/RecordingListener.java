package dev.replicator.testkit;

import dev.replicator.diff.Change;
import dev.replicator.execute.ActionResult;
import dev.replicator.plan.Action;
import dev.replicator.report.GateReport;
import dev.replicator.report.RunHeader;
import dev.replicator.report.RunListener;
import dev.replicator.report.RunReport;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers every event of a run in the order heard; each getter is a snapshot. Thread-safe. */
public final class RecordingListener implements RunListener {
    private final List<RunHeader> started = new CopyOnWriteArrayList<>();
    private final Map<Change.Side, Long> listed = new ConcurrentHashMap<>();
    private final List<Action> planned = new CopyOnWriteArrayList<>();
    private final List<Change.Same> unchanged = new CopyOnWriteArrayList<>();
    private final List<ActionResult> finished = new CopyOnWriteArrayList<>();
    private final List<GateReport> gates = new CopyOnWriteArrayList<>();
    private final List<String> warnings = new CopyOnWriteArrayList<>();
    private final List<RunReport> ended = new CopyOnWriteArrayList<>();

    @Override
    public boolean wantsUnchanged() {
        return true;
    }

    @Override
    public void started(RunHeader header) {
        started.add(header);
    }

    @Override
    public void listed(Change.Side side, long keys) {
        listed.merge(side, keys, Long::sum);
    }

    @Override
    public void planned(Action action) {
        planned.add(action);
    }

    @Override
    public void unchanged(Change.Same same, int pair) {
        unchanged.add(same);
    }

    @Override
    public void finished(ActionResult result) {
        finished.add(result);
    }

    @Override
    public void gate(GateReport verdict) {
        gates.add(verdict);
    }

    @Override
    public void warning(String message) {
        warnings.add(message);
    }

    @Override
    public void ended(RunReport report) {
        ended.add(report);
    }

    public List<RunHeader> started() {
        return List.copyOf(started);
    }

    /** Keys listed on that side so far. */
    public long listed(Change.Side side) {
        return listed.getOrDefault(side, 0L);
    }

    public List<Action> planned() {
        return List.copyOf(planned);
    }

    public List<Change.Same> unchanged() {
        return List.copyOf(unchanged);
    }

    public List<ActionResult> finished() {
        return List.copyOf(finished);
    }

    /** The results of one kind, in the order heard. */
    public <R extends ActionResult> List<R> finished(Class<R> kind) {
        return finished.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    public List<GateReport> gates() {
        return List.copyOf(gates);
    }

    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    public List<RunReport> ended() {
        return List.copyOf(ended);
    }
}

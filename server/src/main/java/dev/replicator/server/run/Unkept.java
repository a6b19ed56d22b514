package dev.replicator.server.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes runs to the log; what it does not take now is remembered here, the newest {@value #MOST}, and written when it
 * takes it again. Thread-safe.
 */
final class Unkept {
    private static final int MOST = 1_000;
    private static final Logger log = LoggerFactory.getLogger(Unkept.class);

    private final RunLog runs;
    private final Map<String, RunRecord> waiting = new LinkedHashMap<>();

    Unkept(RunLog runs) {
        this.runs = runs;
    }

    /**
     * A run that the log did not take before is only remembered anew: it must not wait for the log at every step.
     *
     * @return why the log did not take it; empty when it did
     */
    String keep(RunRecord run) {
        if (find(run.id()).isPresent()) {
            remember(run);
            return "the log did not take the run's beginning";
        }
        return write(run);
    }

    private String write(RunRecord run) {
        try {
            runs.keep(run);
            forget(run);
            return "";
        } catch (RunLogException e) {
            log.warn("run {}: {}", run.id(), e.getMessage());
            rememberIfNewer(run);
            return String.valueOf(e.getMessage());
        }
    }

    /** What is remembered already came later than what could not be written, unless only the latter is the end. */
    private synchronized void rememberIfNewer(RunRecord run) {
        if (!waiting.containsKey(run.id()) || run.state().isEnd()) {
            remember(run);
        }
    }

    /** An end stays. */
    private synchronized void remember(RunRecord run) {
        RunRecord before = waiting.get(run.id());
        if (before != null && before.state().isEnd() && !run.state().isEnd()) {
            return;
        }
        waiting.remove(run.id());
        waiting.put(run.id(), run);
        if (waiting.size() > MOST) {
            waiting.remove(waiting.keySet().iterator().next());
        }
    }

    /** Unless it has gone on since. */
    private synchronized void forget(RunRecord run) {
        waiting.remove(run.id(), run);
    }

    synchronized Optional<RunRecord> find(String id) {
        return Optional.ofNullable(waiting.get(id));
    }

    private synchronized List<RunRecord> all() {
        return List.copyOf(waiting.values());
    }

    /** Tries again; stops at the first that is not taken. */
    void retry() {
        for (RunRecord run : all()) {
            if (!write(run).isEmpty()) {
                return;
            }
        }
    }
}

package dev.replicator;

import dev.replicator.baseline.IntentBatches;
import dev.replicator.execute.Executor;
import dev.replicator.execute.MutationGuard;
import dev.replicator.plan.Action;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Hands actions to the executor, in a job that keeps drift after they were written down, in batches: should the run be
 * stopped, the next one tells by that what is its own. An action waits for its batch, but not if a second has passed
 * since the last one: that is looked after at each action and at each page of a listing. Used by one thread.
 */
final class AnnouncedActions {
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Executor executor;
    private final JobBaseline baseline;
    private final RunOptions options;
    private final Clock clock;
    private final Consumer<String> warnings;
    private final List<Action> waiting = new ArrayList<>();
    private boolean announces;
    private long written;
    private Instant last;

    AnnouncedActions(
            Executor executor, JobBaseline baseline, RunOptions options, Clock clock, Consumer<String> warnings) {
        this.executor = executor;
        this.baseline = baseline;
        this.options = options;
        this.clock = clock;
        this.warnings = warnings;
        announces = baseline.announces();
        last = clock.instant();
    }

    void submit(Action action) {
        if (!announces || action instanceof Action.Keep || action instanceof Action.Skip) {
            executor.submit(action);
            return;
        }
        waiting.add(action);
        if (waiting.size() >= IntentBatches.size(written)) {
            flush();
        }
        submitLate();
    }

    /** Submits what waits if it has waited long enough. */
    void submitLate() {
        if (!waiting.isEmpty() && Duration.between(last, clock.instant()).compareTo(PATIENCE) >= 0) {
            flush();
        }
    }

    /** Submits what waits, and waits for all of it; see {@link Executor#drain}. */
    boolean drain() {
        flush();
        return executor.drain();
    }

    private void flush() {
        if (waiting.isEmpty()) {
            return;
        }
        announce();
        waiting.forEach(executor::submit);
        waiting.clear();
        last = clock.instant();
    }

    /** A run that was stopped, or may no longer write, submits all the same: each action is told so. */
    private void announce() {
        if (!announces || options.cancellation().isStopped()) {
            return;
        }
        try {
            options.guard().check();
            baseline.announce(waiting);
            written++;
        } catch (MutationGuard.NotAllowedException e) {
            announces = false;
        } catch (RuntimeException e) {
            announces = false;
            warnings.accept("what this run is about to do could not be written down, so a run after it may take that"
                    + " for others' work, should this one be stopped: " + e.getMessage());
        }
    }
}

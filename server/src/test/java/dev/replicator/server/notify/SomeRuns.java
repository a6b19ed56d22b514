package dev.replicator.server.notify;

import dev.replicator.server.plan.WrittenDown;
import dev.replicator.server.run.RunAction;
import dev.replicator.server.run.RunFacts;
import dev.replicator.server.run.RunRecord;
import dev.replicator.server.run.RunState;
import dev.replicator.server.run.Trigger;
import java.time.Instant;
import java.util.Optional;

/** Runs that ended, for tests. */
public final class SomeRuns {
    private SomeRuns() {}

    public static RunRecord run(String id, RunAction action, RunState state, Instant at, String report) {
        return new RunRecord(
                id,
                "media",
                action,
                false,
                state,
                new Trigger(Trigger.Kind.SCHEDULE, "sync every PT15M", ""),
                at,
                Optional.of(at),
                Optional.of(at.plusSeconds(75)),
                state == RunState.FAILED ? "the bucket is not there" : "",
                report.isEmpty() ? Optional.empty() : Optional.of(report),
                action == RunAction.PLAN ? withPlan(state == RunState.SUCCEEDED) : RunFacts.NONE);
    }

    private static RunFacts withPlan(boolean changes) {
        RunFacts none = RunFacts.NONE;
        return new RunFacts(
                none.narrowing(),
                none.engineId(),
                none.totals(),
                none.resultsLost(),
                Optional.of(new WrittenDown("digest", changes)));
    }
}

package dev.replicator.server.run;

import dev.replicator.server.plan.WrittenDown;
import java.util.Optional;

/**
 * What else is known of a run.
 *
 * @param narrowing how much of the job it is about
 * @param engineId the engine's name for it, under which the destination keeps its report; known once it began
 * @param resultsLost why what became of its objects is not in the history, or not all of it; empty when it is
 * @param plan what it wrote down, if it did
 */
public record RunFacts(
        Narrowing narrowing,
        Optional<String> engineId,
        RunTotals totals,
        String resultsLost,
        Optional<WrittenDown> plan) {
    public static final RunFacts NONE =
            new RunFacts(Narrowing.NONE, Optional.empty(), RunTotals.NONE, "", Optional.empty());

    RunFacts withEngineId(String value) {
        return new RunFacts(narrowing, Optional.of(value), totals, resultsLost, plan);
    }

    RunFacts withTotals(RunTotals value) {
        return new RunFacts(narrowing, engineId, value, resultsLost, plan);
    }

    RunFacts withResultsLost(String value) {
        return new RunFacts(narrowing, engineId, totals, value, plan);
    }

    RunFacts withPlan(Optional<WrittenDown> value) {
        return new RunFacts(narrowing, engineId, totals, resultsLost, value);
    }
}

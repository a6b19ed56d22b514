package dev.replicator.server.run;

import dev.replicator.server.plan.WrittenDown;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of a run of the server, under way or ended. Immutable.
 *
 * @param message why it ended as it did, for people; may be empty
 * @param report the engine's facts as the contract's JSON, once it ended; absent in lists
 */
public record RunRecord(
        String id,
        String job,
        RunAction action,
        boolean dryRun,
        RunState state,
        Trigger trigger,
        Instant createdAt,
        Optional<Instant> startedAt,
        Optional<Instant> endedAt,
        String message,
        Optional<String> report,
        RunFacts facts) {

    /** Of which no more is known. */
    public RunRecord(
            String id,
            String job,
            RunAction action,
            boolean dryRun,
            RunState state,
            Trigger trigger,
            Instant createdAt,
            Optional<Instant> startedAt,
            Optional<Instant> endedAt,
            String message,
            Optional<String> report) {
        this(id, job, action, dryRun, state, trigger, createdAt, startedAt, endedAt, message, report, RunFacts.NONE);
    }

    static RunRecord queued(String id, RunOrder order, Instant now) {
        return new RunRecord(
                id,
                order.job(),
                order.action(),
                order.dryRun(),
                RunState.QUEUED,
                order.trigger(),
                now,
                Optional.empty(),
                Optional.empty(),
                "",
                Optional.empty(),
                new RunFacts(order.narrowing(), Optional.empty(), RunTotals.NONE, "", Optional.empty()));
    }

    /**
     * Whether it has just left a plan that somebody is to decide about: one that has changes. To be asked of a run that an
     * observer hears to have ended; whether it is decided since, the plan tells.
     */
    public boolean asksForApproval() {
        return state.isEnd() && facts.plan().filter(WrittenDown::changes).isPresent();
    }

    RunRecord running(Instant now) {
        return with(RunState.RUNNING, Optional.of(now), endedAt, "", report, facts);
    }

    RunRecord cancelling() {
        return with(RunState.CANCELLING, startedAt, endedAt, message, report, facts);
    }

    RunRecord named(String engineId) {
        return with(state, startedAt, endedAt, message, report, facts.withEngineId(engineId));
    }

    RunRecord ended(RunEnd end, String resultsLost, Instant now) {
        return with(
                end.state(),
                startedAt,
                Optional.of(now),
                end.message(),
                end.report(),
                facts.withTotals(end.totals()).withPlan(end.plan()).withResultsLost(resultsLost));
    }

    private RunRecord with(
            RunState next,
            Optional<Instant> started,
            Optional<Instant> ended,
            String why,
            Optional<String> json,
            RunFacts known) {
        return new RunRecord(id, job, action, dryRun, next, trigger, createdAt, started, ended, why, json, known);
    }
}

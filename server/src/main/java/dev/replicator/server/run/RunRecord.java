package dev.replicator.server.run;

import java.time.Instant;
import java.util.Optional;

/**
 * What is known of a run of the server, under way or ended. Immutable.
 *
 * @param message why it ended as it did, for people; may be empty
 * @param report the engine's facts as the contract's JSON, once it ended
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
        Optional<String> report) {

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
                Optional.empty());
    }

    RunRecord running(Instant now) {
        return new RunRecord(
                id, job, action, dryRun, RunState.RUNNING, trigger, createdAt, Optional.of(now), endedAt, "", report);
    }

    RunRecord cancelling() {
        return new RunRecord(
                id, job, action, dryRun, RunState.CANCELLING, trigger, createdAt, startedAt, endedAt, message, report);
    }

    RunRecord ended(RunEnd end, Instant now) {
        return new RunRecord(
                id,
                job,
                action,
                dryRun,
                end.state(),
                trigger,
                createdAt,
                startedAt,
                Optional.of(now),
                end.message(),
                end.report());
    }
}

package dev.replicator.server.history;

import dev.replicator.server.run.ObjectResult;
import dev.replicator.server.run.RunAction;
import dev.replicator.server.run.RunFacts;
import dev.replicator.server.run.RunRecord;
import dev.replicator.server.run.RunState;
import dev.replicator.server.run.Trigger;
import dev.replicator.store.ObjectKey;
import java.time.Instant;
import java.util.Optional;

/** Runs and results for tests. */
final class Records {
    static final Instant NOW = Instant.parse("2026-01-31T08:00:00Z");

    private Records() {}

    static RunRecord run(String id, String job, RunAction action, RunState state) {
        return run(id, job, action, state, RunFacts.NONE, NOW);
    }

    static RunRecord run(String id, String job, RunAction action, RunState state, RunFacts facts, Instant created) {
        return new RunRecord(
                id,
                job,
                action,
                false,
                state,
                new Trigger(Trigger.Kind.API, "me", "because"),
                created,
                Optional.of(created),
                state.isEnd() ? Optional.of(created.plusSeconds(1)) : Optional.empty(),
                "",
                state.isEnd() ? Optional.of("{\"copied\":1}") : Optional.empty(),
                facts);
    }

    static ObjectResult found(long number, String kind, ObjectKey key) {
        return new ObjectResult(number, key, "NONE", ObjectResult.FOUND, kind, 7, "why");
    }

    static ObjectResult ended(long number, String outcome, String cause, String key) {
        return new ObjectResult(number, ObjectKey.of(key), "COPY", outcome, cause, 3, "");
    }
}

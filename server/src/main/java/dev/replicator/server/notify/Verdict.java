package dev.replicator.server.notify;

import dev.replicator.config.NotificationSettings.Event;
import dev.replicator.server.run.RunRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an ended run has to say. Told is what changes, not what goes on: a job that fails every quarter of an hour is told
 * once, and once more when it is well again.
 *
 * @param events the weightiest first; a channel is told the first one that it wants to hear
 * @param word the condition from now on; empty where the run says nothing about it: cancelled, or held by another
 */
record Verdict(List<Event> events, Optional<String> word) {
    static final Verdict NOTHING = new Verdict(List.of(), Optional.empty());

    static Verdict of(RunRecord run, RunFacts facts, Condition before) {
        return switch (run.state()) {
            case SUCCEEDED, NOTHING_TO_DO -> good(run, before);
            case FINDINGS -> bad(Event.DRIFT, "DRIFT " + facts.found(), before);
            case PARTIAL -> bad(Event.PARTIAL, "PARTIAL", before);
            case REFUSED -> bad(Event.GUARD, "GUARD", before);
            case FAILED, INTERRUPTED -> bad(Event.FAILED, "FAILED", before);
            default -> NOTHING;
        };
    }

    private static Verdict good(RunRecord run, Condition before) {
        List<Event> events = new ArrayList<>();
        boolean changed = run.state() == dev.replicator.server.run.RunState.SUCCEEDED;
        if (Topic.of(run) == Topic.PLAN && !run.dryRun() && changed) {
            events.add(Event.APPROVAL_REQUESTED);
        }
        if (!before.isGood()) {
            events.add(Event.RECOVERED);
        }
        if (Topic.of(run) == Topic.SYNC && changed) {
            events.add(Event.SUCCEEDED);
        }
        return new Verdict(events, Optional.of(Condition.GOOD));
    }

    private static Verdict bad(Event event, String word, Condition before) {
        return new Verdict(before.word().equals(word) ? List.of() : List.of(event), Optional.of(word));
    }
}

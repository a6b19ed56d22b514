package dev.replicator.server;

import dev.replicator.server.api.run.RunJson;
import dev.replicator.server.event.EventHub;
import dev.replicator.server.run.RunObserver;
import dev.replicator.server.run.RunProgress;
import dev.replicator.server.run.RunRecord;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Turns what happens to runs into events: every change of state, and progress four times a second at most. */
final class RunEvents implements RunObserver {
    private static final long PAUSE_MILLIS = 250;

    private final EventHub hub;
    private final Clock clock;
    private final Map<String, Long> told = new ConcurrentHashMap<>();

    RunEvents(EventHub hub, Clock clock) {
        this.hub = hub;
        this.clock = clock;
    }

    @Override
    public void changed(RunRecord run) {
        if (run.state().isEnd()) {
            told.remove(run.id());
        }
        hub.publish("run", RunJson.of(run, Optional.empty()));
    }

    @Override
    public void progressed(RunRecord run, RunProgress progress) {
        long now = clock.millis();
        boolean[] due = {false};
        told.compute(run.id(), (id, before) -> {
            due[0] = before == null || now - before >= PAUSE_MILLIS;
            return due[0] ? now : before;
        });
        if (due[0]) {
            hub.publish("progress", RunJson.of(run, Optional.of(progress)));
        }
    }
}

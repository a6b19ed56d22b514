package dev.replicator.cli.output;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.replicator.cli.exit.ExitCode;
import java.time.Clock;
import java.util.Optional;

/**
 * Events, one JSON object per line: {@code type, time, run, job, seq}, then what the type adds. {@code seq} rises by
 * one, so a reader sees a gap. Thread-safe.
 */
public final class EventStream {
    private final JsonText json;
    private final Clock clock;
    private final Optional<String> job;
    private Optional<String> run = Optional.empty();
    private long sequence;

    public EventStream(JsonText json, Clock clock, Optional<String> job) {
        this.json = json;
        this.clock = clock;
        this.job = job;
    }

    /** The run that all further events are of. */
    public synchronized void run(String id) {
        run = Optional.of(id);
    }

    public synchronized void emit(String type, ObjectNode details) {
        sequence++;
        ObjectNode event = JsonText.node()
                .put("type", type)
                .put("time", clock.instant().toString())
                .put("run", run.orElse(null))
                .put("job", job.orElse(null))
                .put("seq", sequence);
        event.setAll(details);
        json.line(event);
    }

    /** The last line, whatever happened. */
    public void exit(ExitCode code, String message) {
        emit(
                "exit",
                JsonText.node()
                        .put("code", code.number())
                        .put("reason", code.name())
                        .put("message", message));
    }
}

package dev.replicator.cli.remote;

import com.fasterxml.jackson.databind.JsonNode;
import dev.replicator.cli.exit.ExitCode;
import dev.replicator.cli.output.EventStream;
import dev.replicator.cli.output.JsonText;
import dev.replicator.cli.report.ObjectLines;
import dev.replicator.report.GateReport.Verdict;
import java.util.Locale;
import java.util.Optional;

/**
 * A server's run as the events of a run that is done here: its start at once, the rest when it has ended. Without a
 * stream nothing is told.
 */
final class RemoteEvents {
    private final ServerClient server;
    private final RemoteObjects objects;
    private final Optional<EventStream> events;

    RemoteEvents(ServerClient server, RemoteObjects objects, Optional<EventStream> events) {
        this.server = server;
        this.objects = objects;
        this.events = events;
    }

    boolean wanted() {
        return events.isPresent();
    }

    /** The server has taken the order. */
    void started(JsonNode run, RemoteOrder order) {
        events.ifPresent(stream -> {
            stream.run(run.path("id").asText());
            if (order.looks()) {
                return;
            }
            JsonNode job =
                    server.get("jobs/" + ServerClient.encoded(run.path("job").asText()));
            stream.emit(
                    "run.started",
                    JsonText.node()
                            .put("source", job.path("source").asText())
                            .put("destination", job.path("destination").asText())
                            .put("dryRun", order.writesNothing()));
        });
    }

    /** A run that copies, or a plan. */
    void ran(JsonNode run, boolean dry, ExitCode code, String message) {
        events.ifPresent(stream -> {
            objects.ofRun(
                    id(run),
                    Long.MAX_VALUE,
                    object -> stream.emit(
                            dry ? "action" : "object", dry ? ObjectLines.action(object) : ObjectLines.event(object)));
            JsonNode report = run.path("report");
            JsonNode gate = report.path("gate");
            boolean asked = !gate.path("verdict").asText().equals(Verdict.NOT_ASKED.name());
            if (gate.isObject() && (asked || !report.path("problem").isObject())) {
                stream.emit("gate", JsonText.parse(gate.toString()));
            }
            report.path("warnings")
                    .forEach(warning -> stream.emit("warning", JsonText.node().put("message", warning.asText())));
            stream.emit("run.finished", RemoteRuns.document(report, dry));
            stream.exit(code, message.toLowerCase(Locale.ROOT));
        });
    }

    /**
     * A validation, or a look for drift.
     *
     * @param each type of the event of one finding
     * @param last type of the event of its end
     */
    void looked(JsonNode run, String each, String last, ExitCode code, String message) {
        events.ifPresent(stream -> {
            objects.ofRun(id(run), Long.MAX_VALUE, object -> stream.emit(each, ObjectLines.finding(object)));
            stream.emit(last, JsonText.parse(run.path("report").toString()));
            stream.exit(code, message);
        });
    }

    private static String id(JsonNode run) {
        return run.path("id").asText();
    }
}

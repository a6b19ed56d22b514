package dev.replicator.cli.remote;

import com.fasterxml.jackson.databind.JsonNode;
import dev.replicator.cli.terminal.Columns;
import dev.replicator.cli.terminal.Console;
import dev.replicator.store.Displays;

/** A job's status as a server tells it, for people. */
public final class RemoteStatus {
    private static final int LABEL_CELLS = 14;

    private RemoteStatus() {}

    public static void print(JsonNode status, Console console) {
        line(console, "Deployment", orElse(status.path("deployment"), "unknown"));
        JsonNode marker = status.path("marker");
        line(
                console,
                "Applied",
                marker.isObject()
                        ? marker.path("deployment").asText() + " at "
                                + marker.path("appliedAt").asText() + " by "
                                + marker.path("host").asText() + ", "
                                + marker.path("outcome").asText()
                        : "nothing yet");
        JsonNode lease = status.path("lease");
        line(
                console,
                "Lease",
                lease.path("held").asBoolean()
                        ? "held by " + lease.path("holder").asText()
                        : "free");
        JsonNode deferred = status.path("deferred");
        if (deferred.isObject()) {
            line(
                    console,
                    "Deferred",
                    deferred.path("deployment").asText() + " until "
                            + deferred.path("due").asText());
        }
        JsonNode runs = status.path("lastRuns");
        line(console, "Last runs", runs.isEmpty() ? "none" : "");
        for (JsonNode run : runs) {
            console.result(Displays.escaped("  " + run.path("startedAt").asText() + "  "
                    + Columns.padded(run.path("outcome").asText(), LABEL_CELLS) + "  "
                    + run.path("runId").asText()));
        }
    }

    private static String orElse(JsonNode value, String otherwise) {
        return value.isTextual() ? value.asText() : otherwise;
    }

    private static void line(Console console, String label, String text) {
        console.result(Columns.padded(label + ":", LABEL_CELLS) + Displays.escaped(text));
    }
}

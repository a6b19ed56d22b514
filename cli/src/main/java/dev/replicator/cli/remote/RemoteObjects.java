package dev.replicator.cli.remote;

import com.fasterxml.jackson.databind.JsonNode;
import dev.replicator.cli.output.PlanText;
import dev.replicator.cli.report.ObjectLines;
import dev.replicator.cli.terminal.Console;
import dev.replicator.report.Counts;
import dev.replicator.report.RunReport;
import java.util.function.Consumer;

/** What a server remembers of objects, read page by page. */
final class RemoteObjects {
    private static final int PAGE = 1_000;

    private final ServerClient server;

    RemoteObjects(ServerClient server) {
        this.server = server;
    }

    /** Those of a run, the first of them; says whether there are more than were wanted. */
    boolean ofRun(String run, long most, Consumer<JsonNode> sink) {
        String path = "runs/" + ServerClient.encoded(run) + "/objects?pageSize=" + Math.min(PAGE, Math.max(1, most));
        JsonNode page = server.get(path);
        long left = most;
        while (true) {
            for (JsonNode object : page.path("items")) {
                if (left-- <= 0) {
                    return true;
                }
                sink.accept(object);
            }
            if (!page.path("nextPageToken").isTextual()) {
                return false;
            }
            if (left <= 0) {
                return true;
            }
            page = server.get(path + "&pageToken="
                    + ServerClient.encoded(page.path("nextPageToken").asText()));
        }
    }

    /** What a run planned, as a plan that is made here is told. */
    PlanText plan(String run, RunReport report, int limit, Console console) {
        console.result("Source:      " + report.source());
        console.result("Destination: " + report.destination());
        console.result("");
        Counts counts = report.counts();
        long actions =
                counts.copied() + counts.overwritten() + counts.metadataUpdated() + counts.deleted() + counts.skipped();
        PlanText text = PlanText.ofServer(console, limit, actions);
        ofRun(run, limit, object -> ObjectLines.plan(object, text));
        return text;
    }
}

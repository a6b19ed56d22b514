package dev.replicator.server.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.replicator.server.run.ObjectResult;
import dev.replicator.server.run.RunProgress;
import dev.replicator.server.run.RunRecord;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Runs in the API's words. Stateless and thread-safe. */
public final class RunJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private RunJson() {}

    /** A run; how far it is only while it is under way. */
    public static String of(RunRecord run, Optional<RunProgress> progress) {
        return node(run, progress).toString();
    }

    static ObjectNode node(RunRecord run, Optional<RunProgress> progress) {
        ObjectNode json = JSON.createObjectNode();
        json.put("id", run.id());
        json.put("job", run.job());
        json.put("action", run.action().name().toLowerCase(java.util.Locale.ROOT));
        json.put("dryRun", run.dryRun());
        json.put("state", run.state().name());
        json.putObject("trigger")
                .put("kind", run.trigger().kind().name())
                .put("by", run.trigger().by())
                .put("reason", run.trigger().reason());
        json.put("createdAt", run.createdAt().toString());
        json.put("startedAt", run.startedAt().map(Instant::toString).orElse(null));
        json.put("endedAt", run.endedAt().map(Instant::toString).orElse(null));
        json.put("message", run.message());
        progress.ifPresent(now -> json.putObject("progress")
                .put("sourceKeys", now.sourceKeys())
                .put("destinationKeys", now.destinationKeys())
                .put("planned", now.planned())
                .put("finished", now.finished())
                .put("failed", now.failed())
                .put("bytes", now.bytes()));
        run.report().ifPresent(report -> json.set("report", parsed(report)));
        json.putObject("links").put("self", "runs/" + run.id()).put("objects", "runs/" + run.id() + "/objects");
        return json;
    }

    static ObjectNode page(List<RunRecord> runs, int most) {
        ObjectNode json = JSON.createObjectNode();
        ArrayNode items = json.putArray("items");
        runs.forEach(run -> items.add(node(run, Optional.empty())));
        json.put("nextPageToken", runs.size() < most ? null : runs.get(most - 1).id());
        return json;
    }

    static ObjectNode objects(List<ObjectResult> results, int most) {
        ObjectNode json = JSON.createObjectNode();
        ArrayNode items = json.putArray("items");
        results.forEach(result -> items.addObject()
                .put("object", result.object())
                .put("action", result.action())
                .put("outcome", result.outcome())
                .put("cause", result.cause())
                .put("bytes", result.bytes())
                .put("message", result.message()));
        json.put(
                "nextPageToken",
                results.size() < most
                        ? null
                        : Long.toString(results.get(most - 1).number()));
        return json;
    }

    private static com.fasterxml.jackson.databind.JsonNode parsed(String report) {
        try {
            return JSON.readTree(report);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}

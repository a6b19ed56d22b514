package dev.replicator.server.api.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.replicator.report.Remedies;
import dev.replicator.server.run.Narrowing;
import dev.replicator.server.run.ObjectResult;
import dev.replicator.server.run.RunLog;
import dev.replicator.server.run.RunProgress;
import dev.replicator.server.run.RunRecord;
import dev.replicator.server.run.RunTotals;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
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
        json.put("action", run.action().word());
        json.put("dryRun", run.dryRun());
        json.put("state", run.state().name());
        json.putObject("trigger")
                .put("kind", run.trigger().kind().name())
                .put("by", run.trigger().by())
                .put("reason", run.trigger().reason());
        narrowing(json, run.facts().narrowing());
        json.put("createdAt", run.createdAt().toString());
        json.put("startedAt", run.startedAt().map(Instant::toString).orElse(null));
        json.put("endedAt", run.endedAt().map(Instant::toString).orElse(null));
        json.put("message", run.message());
        json.put("resultsLost", run.facts().resultsLost());
        run.facts().engineId().ifPresent(id -> json.put("engineRunId", id));
        totals(json.putObject("totals"), run.facts().totals());
        progress.ifPresent(now -> json.putObject("progress")
                .put("sourceKeys", now.sourceKeys())
                .put("destinationKeys", now.destinationKeys())
                .put("planned", now.planned())
                .put("finished", now.finished())
                .put("failed", now.failed())
                .put("bytes", now.bytes()));
        run.facts()
                .plan()
                .ifPresent(plan ->
                        json.putObject("plan").put("digest", plan.digest()).put("changes", plan.changes()));
        Optional<JsonNode> report = run.report().map(RunJson::parsed);
        String problem =
                report.map(known -> known.path("problem").path("kind").asText()).orElse("");
        json.put("remedy", Remedies.ofRun(run.state().name(), problem));
        report.ifPresent(known -> json.set("report", known));
        links(json.putObject("links"), run);
        return json;
    }

    private static void links(ObjectNode links, RunRecord run) {
        String self = "runs/" + run.id();
        links.put("self", self).put("objects", self + "/objects").put("failures", self + "/failures");
        run.facts().plan().ifPresent(plan -> links.put("plan", "plans/" + run.id()));
    }

    private static void narrowing(ObjectNode json, Narrowing narrowing) {
        if (narrowing.isNone()) {
            return;
        }
        ObjectNode overrides = json.putObject("overrides");
        if (!narrowing.paths().isEmpty()) {
            narrowing.paths().forEach(overrides.putArray("paths")::add);
        }
        if (narrowing.neverDelete()) {
            overrides.put("delete", "never");
        }
        narrowing
                .compare()
                .ifPresent(compare -> overrides.put(
                        "compare", compare.name().toLowerCase(Locale.ROOT).replace('_', '-')));
    }

    private static void totals(ObjectNode json, RunTotals totals) {
        json.put("copied", totals.copied())
                .put("overwritten", totals.overwritten())
                .put("deleted", totals.deleted())
                .put("metadataUpdated", totals.metadataUpdated())
                .put("unchanged", totals.unchanged())
                .put("skipped", totals.skipped())
                .put("stale", totals.stale())
                .put("failed", totals.failed())
                .put("found", totals.found())
                .put("bytes", totals.bytes())
                .put("requests", totals.requests())
                .put("durationMillis", totals.durationMillis());
    }

    static ObjectNode page(List<RunRecord> runs, int most) {
        ObjectNode json = JSON.createObjectNode();
        ArrayNode items = json.putArray("items");
        runs.stream().limit(most).forEach(run -> items.add(node(run, Optional.empty())));
        json.put(
                "nextPageToken", runs.size() <= most ? null : runs.get(most - 1).id());
        return json;
    }

    static ObjectNode objects(RunLog.ResultPage page) {
        ObjectNode json = JSON.createObjectNode();
        ArrayNode items = json.putArray("items");
        page.items().forEach(result -> items.add(object(result)));
        json.put("nextPageToken", page.next().orElse(null));
        return json;
    }

    static ObjectNode object(ObjectResult result) {
        ObjectNode json = JSON.createObjectNode();
        KeyJson.put(json, "object", result.object());
        return json.put("action", result.action())
                .put("outcome", result.outcome())
                .put("cause", result.cause())
                .put("title", title(result))
                .put("bytes", result.bytes())
                .put("message", result.message());
    }

    /** A planned action has a reason, which is none of the catalogue's causes. */
    private static String title(ObjectResult result) {
        return result.outcome().equals(ObjectResult.PLANNED) ? "" : Remedies.title(result.outcome(), result.cause());
    }

    static ObjectNode troubles(List<RunLog.Trouble> troubles) {
        ObjectNode json = JSON.createObjectNode();
        ArrayNode items = json.putArray("items");
        for (RunLog.Trouble trouble : troubles) {
            ObjectNode item = items.addObject()
                    .put("outcome", trouble.outcome())
                    .put("cause", trouble.cause())
                    .put("title", Remedies.title(trouble.outcome(), trouble.cause()))
                    .put("count", trouble.count())
                    .put("remedy", Remedies.of(trouble.outcome(), trouble.cause()));
            ArrayNode examples = item.putArray("examples");
            trouble.examples().forEach(example -> examples.add(object(example)));
        }
        return json;
    }

    static JsonNode parsed(String report) {
        try {
            return JSON.readTree(report);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}

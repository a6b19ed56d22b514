package dev.replicator.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.replicator.baseline.BaselineStatus;
import dev.replicator.execute.Problem;
import dev.replicator.store.MetadataLoss;
import dev.replicator.store.RequestKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reports as JSON, in the words of the contract with scripts: one document, no line breaks. Readers must ignore fields
 * they don't know; absent values are {@code null}; times are ISO-8601 in UTC, durations milliseconds. Only plans have an {@code estimate}. Stateless and
 * thread-safe.
 */
public final class ReportJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ReportJson() {}

    /** A run's (or a plan's, an apply's) facts. */
    public static String of(RunReport report) {
        ObjectNode json = JSON.createObjectNode();
        json.put("runId", report.runId());
        json.put("job", report.job().orElse(null));
        json.put("source", report.source());
        json.put("destination", report.destination());
        json.put("startedAt", report.startedAt().toString());
        json.put("outcome", report.outcome().name());
        counts(json, report.counts());
        json.put("durationMillis", report.duration().toMillis());
        requests(json, report.requests());
        gate(json.putObject("gate"), report.gate());
        fidelity(json.putObject("fidelity"), report.fidelity());
        ArrayNode failures = json.putArray("failures");
        for (Failure failure : report.failures()) {
            failures.addObject()
                    .put("key", failure.key())
                    .put("cause", failure.cause().name())
                    .put("message", failure.message());
        }
        json.put("failuresTruncated", report.failuresTruncated());
        skips(json.putArray("skips"), report.skips());
        report.warnings().forEach(json.putArray("warnings")::add);
        problem(json, report.problem());
        report.estimate().ifPresent(estimate -> EstimateJson.write(json.putObject("estimate"), estimate));
        return text(json);
    }

    /** A validation's facts. */
    public static String of(ValidationReport report) {
        ObjectNode json = JSON.createObjectNode();
        json.put("valid", report.valid());
        json.put("source", report.source());
        json.put("destination", report.destination());
        json.put("matched", report.matched());
        json.put("missing", report.missing());
        json.put("mismatched", report.mismatched());
        json.put("extra", report.extra());
        json.put("unreadable", report.unreadable());
        json.put("skipped", report.skipped());
        json.put("notCompared", report.notCompared());
        json.putObject("evidence")
                .put("fingerprint", report.byFingerprint())
                .put("note", report.byNote())
                .put("sizeAndModified", report.bySizeAndModified())
                .put("bytes", report.byBytes());
        json.putObject("contents")
                .put("percent", report.contents().percent())
                .put("asked", report.contents().asked())
                .put("read", report.contents().read())
                .put("bytes", report.contents().bytes());
        json.put("durationMillis", report.duration().toMillis());
        requests(json, report.requests());
        problem(json, report.problem());
        return text(json);
    }

    /** What others changed in a destination. */
    public static String of(DriftReport report) {
        ObjectNode json = JSON.createObjectNode();
        Optional<BaselineStatus.Usable> last =
                report.baseline() instanceof BaselineStatus.Usable usable ? Optional.of(usable) : Optional.empty();
        json.put("baseline", last.isPresent());
        json.put("baselineRun", last.map(BaselineStatus.Usable::runId).orElse(null));
        json.put("baselineAt", last.map(usable -> usable.createdAt().toString()).orElse(null));
        json.put(
                "baselineProblem",
                report.baseline() instanceof BaselineStatus.Unusable unusable ? unusable.why() : null);
        json.put("source", report.source());
        json.put("destination", report.destination());
        json.put("compared", report.compared());
        json.put("edited", report.edited());
        json.put("metadata", report.metadata());
        json.put("deleted", report.deleted());
        json.put("added", report.added());
        json.put("durationMillis", report.duration().toMillis());
        requests(json, report.requests());
        problem(json, report.problem());
        return text(json);
    }

    private static void counts(ObjectNode json, Counts counts) {
        json.put("copied", counts.copied());
        json.put("overwritten", counts.overwritten());
        json.put("deleted", counts.deleted());
        json.put("metadataUpdated", counts.metadataUpdated());
        json.put("unchanged", counts.unchanged());
        json.put("skipped", counts.skipped());
        json.put("stale", counts.stale());
        json.put("failed", counts.failed());
        json.put("notRun", counts.notRun());
        json.put("unguarded", counts.unguarded());
        json.put("bytes", counts.bytes());
        json.put("drifted", counts.drifted());
        json.put("metadataUnasked", counts.metadataUnasked());
    }

    static void requests(ObjectNode json, Map<RequestKind, Long> sent) {
        ObjectNode requests = json.putObject("requests");
        for (RequestKind kind : RequestKind.values()) {
            requests.put(kind.word(), sent.getOrDefault(kind, 0L));
        }
    }

    private static void gate(ObjectNode json, GateReport gate) {
        json.put("verdict", gate.verdict().name());
        json.put("reason", gate.reason());
        json.put("planned", gate.planned());
        json.put("limit", gate.limit());
    }

    private static void skips(ArrayNode json, List<Skips> skips) {
        for (Skips each : skips) {
            ArrayNode examples = json.addObject()
                    .put("cause", each.reason().name())
                    .put("count", each.count())
                    .putArray("examples");
            each.examples().forEach(examples::add);
        }
    }

    private static void fidelity(ObjectNode json, Map<MetadataLoss.Kind, Long> losses) {
        for (MetadataLoss.Kind kind : MetadataLoss.Kind.values()) {
            if (losses.containsKey(kind)) {
                json.put(kind.word(), losses.get(kind));
            }
        }
    }

    private static void problem(ObjectNode json, Optional<Problem> problem) {
        if (problem.isEmpty()) {
            json.putNull("problem");
            return;
        }
        json.putObject("problem")
                .put("kind", problem.get().kind().name())
                .put("message", problem.get().message());
    }

    private static String text(ObjectNode json) {
        try {
            return JSON.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a report of plain values is always writable", e);
        }
    }
}

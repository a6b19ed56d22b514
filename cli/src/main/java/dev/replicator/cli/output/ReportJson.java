package dev.replicator.cli.output;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.replicator.report.Counts;
import dev.replicator.report.Failure;
import dev.replicator.report.GateReport;
import dev.replicator.report.RunReport;
import dev.replicator.report.ValidationReport;
import dev.replicator.store.RequestKind;
import java.util.Map;

/** Reports as the documents that scripts read; the field names are a contract. */
public final class ReportJson {
    private ReportJson() {}

    /** Of {@code sync} and {@code apply}. */
    public static ObjectNode run(RunReport report) {
        ObjectNode node = plan(report);
        ArrayNode failures = node.putArray("failures");
        for (Failure failure : report.failures()) {
            failures.addObject()
                    .put("key", failure.key())
                    .put("cause", failure.cause().name())
                    .put("message", failure.message());
        }
        if (report.failuresTruncated()) {
            node.put("failuresTruncated", true);
        }
        return node;
    }

    /** Of {@code plan} and dry runs: the same counts, as intended. */
    public static ObjectNode plan(RunReport report) {
        ObjectNode node = JsonText.node()
                .put("runId", report.runId())
                .put("job", report.job().orElse(null))
                .put("source", report.source())
                .put("destination", report.destination())
                .put("outcome", report.outcome().name());
        putCounts(node, report.counts());
        node.put("durationMillis", report.duration().toMillis());
        node.set("requests", requests(report.requests()));
        node.set("gate", gate(report.gate()));
        report.problem().ifPresent(problem -> node.putObject("problem")
                .put("kind", problem.kind().name())
                .put("message", problem.message()));
        if (!report.warnings().isEmpty()) {
            report.warnings().forEach(node.putArray("warnings")::add);
        }
        return node;
    }

    private static void putCounts(ObjectNode node, Counts counts) {
        node.put("copied", counts.copied())
                .put("overwritten", counts.overwritten())
                .put("deleted", counts.deleted())
                .put("metadataUpdated", counts.metadataUpdated())
                .put("unchanged", counts.unchanged())
                .put("skipped", counts.skipped())
                .put("stale", counts.stale())
                .put("failed", counts.failed())
                .put("bytes", counts.bytes());
    }

    static ObjectNode gate(GateReport gate) {
        return JsonText.node()
                .put("verdict", gate.verdict().name())
                .put("reason", gate.reason())
                .put("planned", gate.planned())
                .put("limit", gate.limit());
    }

    private static ObjectNode requests(Map<RequestKind, Long> requests) {
        ObjectNode node = JsonText.node();
        for (RequestKind kind : RequestKind.values()) {
            node.put(kind.word(), requests.getOrDefault(kind, 0L));
        }
        return node;
    }

    /** Of {@code validate}. */
    public static ObjectNode validation(ValidationReport report, boolean valid) {
        ObjectNode node = JsonText.node()
                .put("valid", valid)
                .put("matched", report.matched())
                .put("missing", report.missing())
                .put("mismatched", report.mismatched())
                .put("extra", report.extra())
                .put("unreadable", report.unreadable())
                .put("skipped", report.skipped());
        node.putObject("evidence")
                .put("fingerprint", report.byFingerprint())
                .put("sizeAndModified", report.bySizeAndModified())
                .put("bytes", report.byBytes());
        node.put("source", report.source()).put("destination", report.destination());
        node.put("durationMillis", report.duration().toMillis());
        node.set("requests", requests(report.requests()));
        report.problem().ifPresent(problem -> node.putObject("problem")
                .put("kind", problem.kind().name())
                .put("message", problem.message()));
        return node;
    }
}

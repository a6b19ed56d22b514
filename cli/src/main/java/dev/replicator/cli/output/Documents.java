package dev.replicator.cli.output;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.replicator.report.DriftReport;
import dev.replicator.report.GateReport;
import dev.replicator.report.ReportJson;
import dev.replicator.report.RunReport;
import dev.replicator.report.ValidationReport;
import java.util.List;

/** Reports as the documents that scripts read. */
final class Documents {
    private Documents() {}

    /** Of {@code sync} and {@code apply}. */
    static ObjectNode run(RunReport report) {
        return JsonText.parse(ReportJson.of(report));
    }

    /** Of {@code plan} and dry runs: the counts as intended, no lists. */
    static ObjectNode plan(RunReport report) {
        return run(report).without(List.of("failures", "failuresTruncated", "skips"));
    }

    /** Of {@code validate}. */
    static ObjectNode validation(ValidationReport report, boolean valid) {
        return JsonText.parse(ReportJson.of(report)).put("valid", valid);
    }

    /** Of {@code drift}. */
    static ObjectNode drift(DriftReport report) {
        return JsonText.parse(ReportJson.of(report));
    }

    static ObjectNode gate(GateReport gate) {
        return JsonText.node()
                .put("verdict", gate.verdict().name())
                .put("reason", gate.reason())
                .put("planned", gate.planned())
                .put("limit", gate.limit());
    }
}

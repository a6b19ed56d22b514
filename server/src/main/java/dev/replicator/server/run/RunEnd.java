package dev.replicator.server.run;

import dev.replicator.execute.Problem;
import dev.replicator.report.ReportJson;
import dev.replicator.report.RunReport;
import dev.replicator.report.ValidationReport;
import java.util.Optional;

/** How a run ended. */
record RunEnd(RunState state, String message, Optional<String> report) {
    static RunEnd of(RunReport report) {
        String message = report.problem()
                .map(Problem::message)
                .orElseGet(() -> report.gate().reason());
        return new RunEnd(RunState.of(report.outcome()), message, Optional.of(ReportJson.of(report)));
    }

    static RunEnd of(ValidationReport report) {
        String message = report.problem().map(Problem::message).orElse("");
        RunState state = report.valid() ? RunState.SUCCEEDED : RunState.FINDINGS;
        return new RunEnd(
                report.problem().isPresent() ? RunState.FAILED : state, message, Optional.of(ReportJson.of(report)));
    }

    static RunEnd without(RunState state, String message) {
        return new RunEnd(state, message, Optional.empty());
    }
}

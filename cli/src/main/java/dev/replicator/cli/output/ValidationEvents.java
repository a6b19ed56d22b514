package dev.replicator.cli.output;

import dev.replicator.cli.exit.ExitCode;
import dev.replicator.report.Finding;
import dev.replicator.report.ValidationReport;
import java.util.Locale;

/** A validation as events: {@code finding, validation.finished, exit}. */
public final class ValidationEvents implements ValidationOutput {
    private final EventStream events;
    private final RunKeys keys;

    public ValidationEvents(EventStream events, RunKeys keys) {
        this.events = events;
        this.keys = keys;
    }

    @Override
    public void accept(Finding finding) {
        events.emit(
                "finding",
                JsonText.node()
                        .put("kind", finding.kind().name().toLowerCase(Locale.ROOT))
                        .put("key", RunKeys.text(keys.of(finding)))
                        .put("size", finding.entry().size())
                        .put("why", finding.why()));
    }

    @Override
    public void finish(ValidationReport report, boolean valid, ExitCode code) {
        events.emit("validation.finished", Documents.validation(report, valid));
        events.exit(
                code,
                valid
                        ? "valid"
                        : report.problem().map(problem -> problem.message()).orElse(verdict(code)));
    }

    private static String verdict(ExitCode code) {
        return code == ExitCode.PARTIAL ? "not told to the end: not all could be compared" : "not valid";
    }
}

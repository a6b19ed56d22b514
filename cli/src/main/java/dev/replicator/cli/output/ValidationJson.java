package dev.replicator.cli.output;

import dev.replicator.cli.exit.ExitCode;
import dev.replicator.report.Finding;
import dev.replicator.report.ValidationReport;

/** One JSON document at the end of a validation. */
public final class ValidationJson implements ValidationOutput {
    private final JsonText json;

    public ValidationJson(JsonText json) {
        this.json = json;
    }

    @Override
    public void accept(Finding finding) {}

    @Override
    public void finish(ValidationReport report, boolean valid, ExitCode code) {
        json.document(Documents.validation(report, valid));
    }
}

package dev.replicator.cli.output;

import dev.replicator.cli.exit.ExitCode;
import dev.replicator.report.DriftFinding;
import dev.replicator.report.DriftReport;

/** One JSON document at the end of a look at drift. */
public final class DriftJson implements DriftOutput {
    private final JsonText json;

    public DriftJson(JsonText json) {
        this.json = json;
    }

    @Override
    public void accept(DriftFinding finding) {}

    @Override
    public void finish(DriftReport report, ExitCode code) {
        json.document(Documents.drift(report));
    }
}

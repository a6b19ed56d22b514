package dev.replicator.cli.output;

import dev.replicator.cli.exit.ExitCode;
import dev.replicator.report.RunListener;
import dev.replicator.report.RunReport;

/** One JSON document at the end of a run. */
public final class JsonRun implements RunOutput {
    private final JsonText json;
    private final boolean dryRun;

    public JsonRun(JsonText json, boolean dryRun) {
        this.json = json;
        this.dryRun = dryRun;
    }

    @Override
    public RunListener listener() {
        return RunListener.SILENT;
    }

    @Override
    public void finish(RunReport report, ExitCode code) {
        json.document(dryRun ? Documents.plan(report) : Documents.run(report));
    }
}

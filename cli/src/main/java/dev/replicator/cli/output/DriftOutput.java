package dev.replicator.cli.output;

import dev.replicator.cli.exit.ExitCode;
import dev.replicator.report.DriftReport;
import dev.replicator.report.DriftSink;

/** What stdout says of drift. */
public interface DriftOutput extends DriftSink {
    void finish(DriftReport report, ExitCode code);
}

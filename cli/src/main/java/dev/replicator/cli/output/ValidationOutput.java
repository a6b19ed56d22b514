package dev.replicator.cli.output;

import dev.replicator.cli.exit.ExitCode;
import dev.replicator.report.FindingSink;
import dev.replicator.report.ValidationReport;

/** What stdout says of a validation. */
public interface ValidationOutput extends FindingSink {
    /** @param valid the verdict, with what this call counts as invalid */
    void finish(ValidationReport report, boolean valid, ExitCode code);
}

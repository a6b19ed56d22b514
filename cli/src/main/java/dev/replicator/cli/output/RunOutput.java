package dev.replicator.cli.output;

import dev.replicator.cli.exit.ExitCode;
import dev.replicator.report.RunListener;
import dev.replicator.report.RunReport;

/** What stdout says of a run: as it goes, and at its end. */
public interface RunOutput {
    RunListener listener();

    /** Called once, last, also where the run never began (its report says why). */
    void finish(RunReport report, ExitCode code);
}

package dev.replicator.cli.session;

import dev.replicator.cli.option.OutputFormat;
import dev.replicator.cli.output.DriftEvents;
import dev.replicator.cli.output.DriftJson;
import dev.replicator.cli.output.DriftOutput;
import dev.replicator.cli.output.DriftText;
import dev.replicator.cli.output.EventRun;
import dev.replicator.cli.output.JsonRun;
import dev.replicator.cli.output.PlanText;
import dev.replicator.cli.output.RunKeys;
import dev.replicator.cli.output.RunLog;
import dev.replicator.cli.output.RunOutput;
import dev.replicator.cli.output.ValidationEvents;
import dev.replicator.cli.output.ValidationJson;
import dev.replicator.cli.output.ValidationOutput;
import dev.replicator.cli.output.ValidationText;
import dev.replicator.job.ReplicationJob;

/** What stdout says, by format. */
public final class Outputs {
    private final Session session;
    private final OutputFormat format;
    private final ReplicationJob job;
    private final RunKeys keys;

    public Outputs(Session session, OutputFormat format, ReplicationJob job) {
        this.session = session;
        this.format = format;
        this.job = job;
        keys = new RunKeys(job.paths());
    }

    public RunOutput run(boolean showSkipped) {
        return run(false, showSkipped);
    }

    public RunOutput dryRun(boolean showSkipped) {
        return run(true, showSkipped);
    }

    private RunOutput run(boolean dry, boolean showSkipped) {
        return switch (format) {
            case TEXT ->
                new RunLog(
                        session.console()::result, session.detectedEnvironment().name(), dry, showSkipped);
            case JSON -> new JsonRun(session.json(), dry);
            case NDJSON -> new EventRun(session.openEvents(job.name()), dry, showSkipped);
        };
    }

    /** @param limit most actions listed as text */
    public RunOutput plan(int limit) {
        return format == OutputFormat.TEXT ? new PlanText(session.console(), keys, limit) : run(true, false);
    }

    public DriftOutput drift() {
        return switch (format) {
            case TEXT -> new DriftText(session.console(), keys);
            case JSON -> new DriftJson(session.json());
            case NDJSON -> new DriftEvents(session.openEvents(job.name()), keys);
        };
    }

    public ValidationOutput validation() {
        return switch (format) {
            case TEXT -> new ValidationText(session.console()::result, keys);
            case JSON -> new ValidationJson(session.json());
            case NDJSON -> new ValidationEvents(session.openEvents(job.name()), keys);
        };
    }
}

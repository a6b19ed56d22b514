package dev.replicator.cli.output;

import dev.replicator.baseline.BaselineStatus;
import dev.replicator.cli.exit.ExitCode;
import dev.replicator.cli.terminal.Colour;
import dev.replicator.cli.terminal.Columns;
import dev.replicator.cli.terminal.Console;
import dev.replicator.cli.terminal.Sizes;
import dev.replicator.diff.Drift;
import dev.replicator.report.DriftFinding;
import dev.replicator.report.DriftReport;

/** Drift for people: the first findings, then the sums. */
public final class DriftText implements DriftOutput {
    private static final int SHOWN = 1_000;

    private final Console console;
    private final RunKeys keys;
    private long found;

    public DriftText(Console console, RunKeys keys) {
        this.console = console;
        this.keys = keys;
    }

    @Override
    public void accept(DriftFinding finding) {
        found++;
        if (found <= SHOWN) {
            console.result(
                    colour(finding.kind()),
                    "  " + Columns.padded(mark(finding.kind()), 11),
                    keys.destination(finding.object().key(), finding.pair()).display());
        }
    }

    private static Colour colour(Drift kind) {
        return switch (kind) {
            case EDITED, METADATA -> Colour.CAUTION;
            case DELETED -> Colour.BAD;
            case ADDED -> Colour.GOOD;
        };
    }

    private static String mark(Drift kind) {
        return switch (kind) {
            case EDITED -> "~ edited";
            case METADATA -> "~ metadata";
            case DELETED -> "- deleted";
            case ADDED -> "+ added";
        };
    }

    @Override
    public void finish(DriftReport report, ExitCode code) {
        if (found > SHOWN) {
            console.result("    … " + Sizes.count(found - SHOWN) + " more (all of them: -o ndjson)");
        }
        if (found > 0) {
            console.result("");
        }
        if (report.problem().isPresent()) {
            console.result(
                    Colour.BAD,
                    "✗ ",
                    "Not told to the end: " + report.problem().get().message());
            return;
        }
        if (!(report.baseline() instanceof BaselineStatus.Usable last)) {
            console.result("Nothing to compare " + report.destination() + " with: no run has left a usable baseline.");
            return;
        }
        String since = report.destination() + " since run " + last.runId() + " (" + last.createdAt()
                + "), the last to leave a baseline";
        if (report.found() == 0) {
            console.result(Colour.GOOD, "✓ ", "No drift in " + since);
        } else {
            console.result(Colour.CAUTION, "! ", "Drift in " + since);
        }
        sum("Edited", report.edited());
        sum("Metadata", report.metadata());
        sum("Deleted", report.deleted());
        sum("Added", report.added());
        console.result("  Compared   " + Sizes.count(report.compared()) + " in " + Sizes.time(report.duration()));
    }

    private void sum(String word, long number) {
        console.result("  " + Columns.padded(word, 10) + " " + Sizes.count(number));
    }
}

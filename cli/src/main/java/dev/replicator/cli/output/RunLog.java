package dev.replicator.cli.output;

import dev.replicator.cli.exit.ExitCode;
import dev.replicator.cli.terminal.Colour;
import dev.replicator.cli.terminal.Columns;
import dev.replicator.cli.terminal.Sizes;
import dev.replicator.diff.Change;
import dev.replicator.execute.ActionResult;
import dev.replicator.plan.Action;
import dev.replicator.report.Counts;
import dev.replicator.report.GateReport;
import dev.replicator.report.RunHeader;
import dev.replicator.report.RunListener;
import dev.replicator.report.RunReport;
import dev.replicator.store.ObjectKey;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/** The readable log of a run: what it is about, a line per object, a summary. */
public final class RunLog implements RunOutput, RunListener {
    /** Where the lines go: stdout, a log file. */
    @FunctionalInterface
    public interface Lines {
        void add(Colour colour, String mark, String text);
    }

    private final Lines lines;
    private final String environment;
    private final boolean dryRun;
    private final boolean showSkipped;
    /** Left alone and not named. */
    private final LongAdder unnamed = new LongAdder();

    private volatile RunKeys keys = RunKeys.NONE;

    /** @param environment {@code production} or {@code development} */
    public RunLog(Lines lines, String environment, boolean dryRun, boolean showSkipped) {
        this.lines = lines;
        this.environment = environment;
        this.dryRun = dryRun;
        this.showSkipped = showSkipped;
    }

    @Override
    public RunListener listener() {
        return this;
    }

    @Override
    public boolean wantsUnchanged() {
        return showSkipped;
    }

    @Override
    public void started(RunHeader header) {
        keys = new RunKeys(header.job().paths());
        line("Environment: " + environment);
        line("Source:      " + header.job().source().uri());
        line("Destination: " + header.job().destination().uri());
        line("Dry run:     " + (dryRun ? "YES" : "NO"));
        line("");
    }

    private void line(String text) {
        line(Colour.PLAIN, "", text);
    }

    private void line(Colour colour, String mark, String text) {
        lines.add(colour, mark, text);
    }

    @Override
    public void planned(Action action) {
        if (!dryRun) {
            return;
        }
        if (action instanceof Action.Copy copy) {
            line(
                    Colour.GOOD,
                    "+ ",
                    "Would sync: " + name(copy) + " ("
                            + Sizes.bytes(copy.source().size()) + ", "
                            + copy.reason().word() + ")");
        } else if (action instanceof Action.UpdateMetadata update) {
            line(
                    Colour.GOOD,
                    "~ ",
                    "Would update metadata: " + name(update) + " (" + String.join(", ", update.fields()) + ")");
        } else if (action instanceof Action.Delete delete) {
            line(Colour.CAUTION, "- ", "Would delete: " + name(delete));
        } else if (action instanceof Action.Keep keep) {
            line(Colour.CAUTION, "! ", "Would keep: " + name(keep) + " (drift: " + word(keep.drift()) + ")");
        } else if (action instanceof Action.Skip skip) {
            line(Colour.FAINT, "- ", "Skipped: " + name(skip) + " (" + word(skip.note()) + ")");
        }
    }

    @Override
    public void drifted(Change.Drifted drifted, int pair) {
        ObjectKey key = keys.destination(drifted.key(), pair);
        line(Colour.CAUTION, "! ", "Drifted: " + key.display() + " (" + word(drifted.kind()) + " by others)");
    }

    @Override
    public void unchanged(Change.Same same, int pair) {
        ObjectKey key = keys.destination(same.key(), pair);
        line(Colour.FAINT, "- ", "Skipped: " + key.display() + " (already up-to-date)");
    }

    @Override
    public void finished(ActionResult result) {
        String name = name(result.action());
        if (result instanceof ActionResult.Done done) {
            done(done, name);
        } else if (result instanceof ActionResult.Failed failed) {
            line(Colour.BAD, "✗ ", "Failed: " + name + " (" + failed.message() + ")");
        } else if (result instanceof ActionResult.Stale stale) {
            line(Colour.CAUTION, "✗ ", "Stale: " + name + " (" + stale.message() + ")");
        } else if (result instanceof ActionResult.Skipped skipped) {
            skipped(skipped, name);
        }
    }

    private void done(ActionResult.Done done, String name) {
        if (done.action() instanceof Action.Delete) {
            line(Colour.GOOD, "✓ ", "Deleted: " + name);
        } else if (done.action() instanceof Action.UpdateMetadata) {
            line(Colour.GOOD, "✓ ", "Updated metadata: " + name);
        } else {
            line(Colour.GOOD, "✓ ", "Synced: " + name + " (" + Sizes.bytes(done.bytes()) + ")");
        }
    }

    private void skipped(ActionResult.Skipped skipped, String name) {
        if (showSkipped || skipped.reason().leavesIncomplete()) {
            line(Colour.FAINT, "- ", "Skipped: " + name + " (" + word(skipped.reason()) + ")");
        } else {
            unnamed.increment();
        }
    }

    private String name(Action action) {
        return keys.of(action).display();
    }

    private static String word(Enum<?> reason) {
        return reason.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    @Override
    public void finish(RunReport report, ExitCode code) {
        line("");
        line("Summary");
        Counts counts = report.counts();
        line("  " + (dryRun ? "Would sync: " : "Synced:     ") + Sizes.count(counts.copied() + counts.overwritten())
                + inParts(counts));
        if (counts.metadataUpdated() > 0) {
            line("  Metadata:   " + Sizes.count(counts.metadataUpdated()) + (dryRun ? " to update" : " updated"));
        }
        line("  Skipped:    " + Sizes.count(counts.unchanged()) + " already up-to-date"
                + (counts.skipped() > 0 ? ", " + Sizes.count(counts.skipped()) + " left alone" : "")
                + (unnamed.sum() > 0 && !dryRun ? " (--show-skipped names them)" : ""));
        line("  Failed:     " + Sizes.count(counts.failed())
                + (counts.stale() > 0 ? ", and " + Sizes.count(counts.stale()) + " changed meanwhile" : ""));
        if (counts.drifted() > 0) {
            line("  Drifted:    " + Sizes.count(counts.drifted()) + " changed by others since the last run");
        }
        if (counts.notRun() > 0) {
            line("  Not run:    " + Sizes.count(counts.notRun()));
        }
        deletes(report.gate(), counts)
                .ifPresent(text -> line("  " + (dryRun ? "Would delete: " : "Deleted:    ") + text));
        fidelity(report);
        line("  Total size: " + Sizes.bytes(counts.bytes()) + " in " + Sizes.time(report.duration()));
        line("  Outcome:    " + report.outcome() + (dryRun ? " (dry run: nothing was changed)" : ""));
        EstimateText.lines(report).forEach(this::line);
    }

    /** What the destination does not hold, as a block of kinds. */
    private void fidelity(RunReport report) {
        if (!report.fidelity().isEmpty()) {
            line("  Not held by the destination as it is in the source (--report FILE lists it):");
            new TreeMap<>(report.fidelity())
                    .forEach((kind, count) -> line("    " + Columns.padded(kind.word(), 16) + Sizes.count(count)));
        }
        long unasked = report.counts().metadataUnasked();
        if (unasked > 0) {
            line("  Not asked:  what " + Sizes.count(unasked) + (unasked == 1 ? " copy" : " copies")
                    + " by the store itself may lack, such as storage class and holds (--strict-metadata asks)");
        }
    }

    private static String inParts(Counts counts) {
        return counts.overwritten() == 0
                ? ""
                : " (" + Sizes.count(counts.copied()) + " new, " + Sizes.count(counts.overwritten()) + " overwritten)";
    }

    private static Optional<String> deletes(GateReport gate, Counts counts) {
        return switch (gate.verdict()) {
            case NOT_ASKED -> Optional.empty();
            case OPEN -> Optional.of(Sizes.count(counts.deleted()));
            case CLOSED ->
                Optional.of(
                        Sizes.count(counts.deleted()) + " of " + Sizes.count(gate.planned()) + ": " + gate.reason());
        };
    }
}

package dev.replicator.cli.output;

import dev.replicator.cli.exit.ExitCode;
import dev.replicator.cli.terminal.Colour;
import dev.replicator.cli.terminal.Columns;
import dev.replicator.cli.terminal.Console;
import dev.replicator.cli.terminal.Sizes;
import dev.replicator.diff.Change;
import dev.replicator.plan.Action;
import dev.replicator.report.Counts;
import dev.replicator.report.GateReport;
import dev.replicator.report.RunHeader;
import dev.replicator.report.RunListener;
import dev.replicator.report.RunReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A plan for people: the first actions, then sums and the gate's verdict. */
public final class PlanText implements RunOutput, RunListener {
    private static final int KEY_CELLS = 48;

    private final Console console;
    private final RunKeys keys;
    private final int limit;
    private final String all;
    private long actions;

    /** @param limit most actions listed */
    public PlanText(Console console, RunKeys keys, int limit) {
        this(console, keys, limit, "--out FILE, or -o ndjson");
    }

    private PlanText(Console console, RunKeys keys, int limit, String all) {
        this.console = console;
        this.keys = keys;
        this.limit = limit;
        this.all = all;
    }

    /**
     * Of a server's plan, whose actions are given one by one to {@link #planned(String, String, String, String)}.
     *
     * @param listed how many of them are
     * @param actions how many there are
     */
    public static PlanText ofServer(Console console, int listed, long actions) {
        PlanText text = new PlanText(console, new RunKeys(List.of()), listed, "-o ndjson");
        text.actions = actions;
        return text;
    }

    /**
     * An action by its words.
     *
     * @param op as in events: copy, overwrite, update-metadata, delete, keep, skip
     * @param size for people; may be empty
     */
    public synchronized void planned(String op, String key, String size, String why) {
        switch (op) {
            case "copy" -> line(Colour.GOOD, "+ copy", key, size, why);
            case "overwrite" -> line(Colour.CAUTION, "~ overwrite", key, size, why);
            case "update-metadata" -> line(Colour.CAUTION, "~ metadata", key, "", why);
            case "delete" -> line(Colour.BAD, "- delete", key, size, why);
            case "keep" -> line(Colour.CAUTION, "! keep", key, size, why);
            default -> line(Colour.FAINT, "! skip", key, "", why);
        }
    }

    @Override
    public RunListener listener() {
        return this;
    }

    @Override
    public void started(RunHeader header) {
        console.result("Source:      " + header.job().source().uri());
        console.result("Destination: " + header.job().destination().uri());
        console.result("");
    }

    @Override
    public synchronized void planned(Action action) {
        actions++;
        if (actions > limit) {
            return;
        }
        if (action instanceof Action.Copy copy) {
            boolean overwrites = copy.replaced().isPresent();
            line(
                    overwrites ? Colour.CAUTION : Colour.GOOD,
                    overwrites ? "~ overwrite" : "+ copy",
                    copy,
                    Sizes.bytes(copy.source().size()),
                    copy.reason().word()
                            + (copy.metadata() == Change.Side.DESTINATION ? ", keeps its metadata (drift)" : ""));
        } else if (action instanceof Action.UpdateMetadata update) {
            line(Colour.CAUTION, "~ metadata", update, "", String.join(", ", update.fields()));
        } else if (action instanceof Action.Delete delete) {
            line(
                    Colour.BAD,
                    "- delete",
                    delete,
                    Sizes.bytes(delete.destination().size()),
                    "extra");
        } else if (action instanceof Action.Keep keep) {
            line(
                    Colour.CAUTION,
                    "! keep",
                    keep,
                    Sizes.bytes(keep.object().size()),
                    "drift: " + keep.drift().name().toLowerCase(Locale.ROOT));
        } else if (action instanceof Action.Skip skip) {
            line(
                    Colour.FAINT,
                    "! skip",
                    skip,
                    "",
                    skip.note().name().toLowerCase(Locale.ROOT).replace('_', ' '));
        }
    }

    private void line(Colour colour, String mark, Action action, String size, String why) {
        line(colour, mark, keys.of(action).display(), size, why);
    }

    private void line(Colour colour, String mark, String key, String size, String why) {
        console.result(
                colour,
                "  " + Columns.padded(mark, 12),
                Columns.padded(key, KEY_CELLS) + " " + Columns.right(size, 12) + "  " + why);
    }

    @Override
    public synchronized void finish(RunReport report, ExitCode code) {
        if (actions > limit) {
            console.result("    … " + Sizes.count(actions - limit) + " more (all of them: " + all + ")");
        }
        if (actions > 0) {
            console.result("");
        }
        if (report.problem().isPresent()) {
            console.result(Colour.BAD, "No plan: ", "the comparison did not reach its end.");
            return;
        }
        console.result("Plan: " + sums(report.counts()) + ".");
        tell(report.gate());
        EstimateText.lines(report).forEach(console::result);
    }

    private static String sums(Counts counts) {
        List<String> sums = new ArrayList<>();
        sums.add(Sizes.count(counts.copied()) + " to copy");
        sums.add(Sizes.count(counts.overwritten()) + " to overwrite");
        if (counts.metadataUpdated() > 0) {
            sums.add(Sizes.count(counts.metadataUpdated()) + " of other metadata");
        }
        sums.add(Sizes.count(counts.deleted()) + " to delete");
        sums.add(Sizes.count(counts.unchanged()) + " unchanged");
        if (counts.skipped() > 0) {
            sums.add(Sizes.count(counts.skipped()) + " to leave alone");
        }
        if (counts.drifted() > 0) {
            sums.add(Sizes.count(counts.drifted()) + " drifted (what others added is not counted)");
        }
        return String.join(", ", sums) + "; " + Sizes.bytes(counts.bytes()) + " to transfer";
    }

    private void tell(GateReport gate) {
        switch (gate.verdict()) {
            case NOT_ASKED -> console.result("Delete gate: not asked, nothing will be deleted.");
            case OPEN ->
                console.result("Delete gate: open, " + Sizes.count(gate.planned()) + " of at most "
                        + Sizes.count(gate.limit()) + (gate.reason().isEmpty() ? "." : "; " + gate.reason()));
            case CLOSED ->
                console.result(Colour.BAD, "Delete gate: CLOSED", ", nothing will be deleted: " + gate.reason());
        }
    }
}

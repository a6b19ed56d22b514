package dev.replicator.cli.report;

import dev.replicator.cli.report.RunSummary.Tally;
import dev.replicator.cli.terminal.Colour;
import dev.replicator.cli.terminal.Columns;
import dev.replicator.cli.terminal.Console;
import dev.replicator.cli.terminal.Sizes;
import dev.replicator.store.Displays;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Runs as a table, newest first. */
public final class HistoryTable {
    private static final Set<String> GOOD = Set.of("SUCCEEDED", "NOTHING_TO_DO");
    private static final Set<String> UNDER_WAY = Set.of("QUEUED", "RUNNING", "CANCELLING");
    private static final Set<String> CAUTION = Set.of("PARTIAL", "FINDINGS", "CANCELLED", "LOCKED", "INTERRUPTED");

    private HistoryTable() {}

    /**
     * Prints them.
     *
     * @param ofServer whether actions and triggers are known
     */
    public static void print(List<RunSummary> runs, boolean ofServer, Console console) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(heads(ofServer));
        runs.forEach(run -> rows.add(cells(run, ofServer)));
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(
                        widths[i], row.get(i).codePointCount(0, row.get(i).length()));
            }
        }
        console.result(Colour.FAINT, "  " + line(rows.get(0), widths), "");
        for (int i = 0; i < runs.size(); i++) {
            String state = runs.get(i).state();
            console.result(colour(state), mark(state) + " ", line(rows.get(i + 1), widths));
        }
    }

    private static List<String> heads(boolean ofServer) {
        List<String> heads = new ArrayList<>(List.of("STARTED", "JOB"));
        if (ofServer) {
            heads.add("ACTION");
        }
        heads.addAll(List.of("OUTCOME", "COPIED", "DELETED", "FAILED", "SIZE", "TOOK"));
        if (ofServer) {
            heads.add("BY");
        }
        heads.add("RUN");
        return heads;
    }

    private static List<String> cells(RunSummary run, boolean ofServer) {
        List<String> cells = new ArrayList<>();
        cells.add(run.at().truncatedTo(ChronoUnit.SECONDS).toString());
        cells.add(run.job().isEmpty() ? "-" : run.job());
        if (ofServer) {
            cells.add(run.action());
        }
        cells.add(run.state().toLowerCase(Locale.ROOT).replace('_', ' '));
        if (run.tally().isPresent()) {
            Tally tally = run.tally().get();
            cells.add(Sizes.count(tally.copied()));
            cells.add(Sizes.count(tally.deleted()));
            cells.add(Sizes.count(tally.failed()));
            cells.add(Sizes.bytes(tally.bytes()));
        } else {
            cells.addAll(List.of("-", "-", "-", "-"));
        }
        cells.add(run.took().map(Sizes::time).orElse("-"));
        if (ofServer) {
            cells.add(run.by());
        }
        cells.add(run.id());
        cells.replaceAll(Displays::escaped);
        return cells;
    }

    private static String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            boolean number = cells.get(i).matches("[0-9,.-]+( [KMGTPE]B)?") && i > 1 && i < cells.size() - 1;
            line.append(number ? Columns.right(cells.get(i), widths[i]) : Columns.padded(cells.get(i), widths[i]));
            line.append("  ");
        }
        return line.toString().stripTrailing();
    }

    static Colour colour(String state) {
        if (GOOD.contains(state)) {
            return Colour.GOOD;
        }
        if (UNDER_WAY.contains(state)) {
            return Colour.PLAIN;
        }
        return CAUTION.contains(state) ? Colour.CAUTION : Colour.BAD;
    }

    static String mark(String state) {
        if (GOOD.contains(state)) {
            return "✓";
        }
        if (UNDER_WAY.contains(state)) {
            return "…";
        }
        return CAUTION.contains(state) ? "!" : "✗";
    }
}

package dev.replicator.cli.output;

import dev.replicator.cli.exit.ExitCode;
import dev.replicator.cli.terminal.Colour;
import dev.replicator.cli.terminal.Columns;
import dev.replicator.cli.terminal.Sizes;
import dev.replicator.report.Finding;
import dev.replicator.report.ValidationReport;
import java.math.BigDecimal;
import java.util.Arrays;

/** A validation for people: the first findings of each kind, the sums, what the verdict rests on. */
public final class ValidationText implements ValidationOutput {
    private static final int SHOWN_OF_A_KIND = 10;

    private final RunLog.Lines lines;
    private final RunKeys keys;
    private final long[] found = new long[Finding.Kind.values().length];

    /** @param lines where it is written: stdout, or stderr where stdout is taken */
    public ValidationText(RunLog.Lines lines, RunKeys keys) {
        this.lines = lines;
        this.keys = keys;
    }

    @Override
    public void accept(Finding finding) {
        long number = ++found[finding.kind().ordinal()];
        if (number <= SHOWN_OF_A_KIND) {
            lines.add(
                    colour(finding.kind()),
                    "  " + Columns.padded(mark(finding.kind()), 14),
                    keys.of(finding).display() + (finding.why().isEmpty() ? "" : " (" + finding.why() + ")"));
        }
    }

    private static Colour colour(Finding.Kind kind) {
        return switch (kind) {
            case MISSING, UNREADABLE -> Colour.BAD;
            case MISMATCHED -> Colour.CAUTION;
            case EXTRA, SKIPPED -> Colour.FAINT;
        };
    }

    private static String mark(Finding.Kind kind) {
        return switch (kind) {
            case MISSING -> "+ missing";
            case MISMATCHED -> "~ mismatched";
            case EXTRA -> "- extra";
            case UNREADABLE -> "! unreadable";
            case SKIPPED -> "! skipped";
        };
    }

    @Override
    public void finish(ValidationReport report, boolean valid, ExitCode code) {
        long more = Arrays.stream(found)
                .map(number -> Math.max(0, number - SHOWN_OF_A_KIND))
                .sum();
        if (more > 0) {
            line("    … " + Sizes.count(more) + " more (all of them: --write-missing FILE and its like, or"
                    + " -o ndjson)");
        }
        if (Arrays.stream(found).sum() > 0) {
            line("");
        }
        verdict(report, valid, code);
        sum("Matched", report.matched(), evidence(report));
        contents(report);
        sum("Missing", report.missing(), "in the source only");
        sum("Mismatched", report.mismatched(), "");
        sum("Extra", report.extra(), "in the destination only");
        sum("Unreadable", report.unreadable(), "");
        sum("Skipped", report.skipped(), skipped(report));
        line("  Checked in  " + Sizes.time(report.duration()));
    }

    private void verdict(ValidationReport report, boolean valid, ExitCode code) {
        String sides = report.source() + " and " + report.destination();
        if (report.problem().isPresent()) {
            lines.add(
                    Colour.BAD, "✗ ", "Not validated: " + report.problem().get().message());
        } else if (valid && report.matched() == 0) {
            lines.add(
                    Colour.CAUTION,
                    "! ",
                    "Nothing to compare: " + report.source() + " has no object that this is about");
        } else if (valid) {
            String extra = report.extra() == 0 ? "" : ", but for what is extra";
            lines.add(Colour.GOOD, "✓ ", "Valid: " + sides + " agree" + extra);
        } else if (code == ExitCode.PARTIAL) {
            lines.add(
                    Colour.CAUTION,
                    "! ",
                    "Not told to the end: " + sides + " agree in what was compared, and "
                            + Sizes.objects(report.notCompared()) + " could not be compared");
        } else {
            lines.add(Colour.BAD, "✗ ", "Not valid: " + sides + " differ");
        }
    }

    /** How many were looked into, of those that listings alone do not prove equal. */
    private void contents(ValidationReport report) {
        ValidationReport.Contents contents = report.contents();
        if (contents.percent() == 0) {
            return;
        }
        boolean sampled = contents.percent() < 100;
        String open = "of those that no digest in the listings proves equal";
        String remark;
        if (contents.asked() > 0) {
            remark = (sampled ? percent(contents.percent()) + "% " : "") + open + "; " + Sizes.count(contents.read())
                    + " read, " + Sizes.bytes(contents.bytes());
        } else {
            remark = report.bySizeAndModified() == 0
                    ? "digests in the listings told all"
                    : "none " + open + " fell into the sample of " + percent(contents.percent()) + "%";
        }
        line("  " + Columns.padded(sampled ? "Sampled" : "Looked into", 11) + " " + Sizes.count(contents.asked())
                + "  (" + remark + ")");
    }

    private static String percent(double share) {
        return BigDecimal.valueOf(share).stripTrailingZeros().toPlainString();
    }

    private static String skipped(ValidationReport report) {
        return report.notCompared() == 0
                ? "not part of the comparison"
                : Sizes.count(report.notCompared()) + " of them not compared: they may differ";
    }

    private void line(String text) {
        lines.add(Colour.PLAIN, "", text);
    }

    private static String evidence(ValidationReport report) {
        String byNote = report.byNote() == 0
                ? ""
                : Sizes.count(report.byNote()) + " by the source version noted with the copy, ";
        return Sizes.count(report.byFingerprint() - report.byNote()) + " by checksum, " + byNote
                + Sizes.count(report.byBytes()) + " by their bytes, "
                + Sizes.count(report.bySizeAndModified()) + " by size and time only";
    }

    private void sum(String word, long number, String remark) {
        line("  " + Columns.padded(word, 11) + " " + Sizes.count(number)
                + (number == 0 || remark.isEmpty() ? "" : "  (" + remark + ")"));
    }
}

package dev.replicator.cli.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.replicator.cli.terminal.Colour;
import dev.replicator.cli.terminal.Columns;
import dev.replicator.cli.terminal.Console;
import dev.replicator.cli.terminal.Sizes;
import dev.replicator.report.Counts;
import dev.replicator.report.Failure;
import dev.replicator.report.GateReport;
import dev.replicator.report.Remedies;
import dev.replicator.report.RunReport;
import dev.replicator.report.Skips;
import dev.replicator.store.Displays;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** One run for people: what it was, its counts, what failed or was skipped by cause and what to do about that. */
public final class RunText {
    private static final int LABEL_CELLS = 13;
    private static final int SHOWN_OF_A_CAUSE = 5;

    private final Console console;

    public RunText(Console console) {
        this.console = console;
    }

    public void print(RunSummary run) {
        line("Run", run.id());
        line("Job", run.job().isEmpty() ? "none: two locations given by hand" : run.job());
        if (!run.action().isEmpty()) {
            line("Action", run.action());
            JsonNode trigger = run.json().path("trigger");
            String reason = trigger.path("reason").asText();
            line("Started by", run.by() + (reason.isEmpty() ? "" : ": " + reason));
        }
        line(
                "Started",
                run.at() + run.took().map(took -> ", took " + Sizes.time(took)).orElse(""));
        console.result(
                HistoryTable.colour(run.state()),
                Columns.padded("Outcome:", LABEL_CELLS),
                HistoryTable.mark(run.state()) + " " + run.state());
        String message = run.json().path("message").asText();
        if (!message.isEmpty()) {
            line("Because", message);
        }
        next(run);
        progress(run.json().path("progress"));
        if (run.report().isPresent()) {
            report(run.report().get());
        } else {
            plain(run.json().path("report"));
        }
    }

    private void next(RunSummary run) {
        String problem = run.report()
                .flatMap(RunReport::problem)
                .map(ended -> ended.kind().name())
                .orElse("");
        String remedy = Remedies.ofRun(run.state(), problem);
        if (!remedy.isEmpty()) {
            line("To do", remedy);
        }
    }

    private void progress(JsonNode progress) {
        if (progress.isObject()) {
            line(
                    "So far",
                    Sizes.count(progress.path("finished").asLong()) + " of "
                            + Sizes.objects(progress.path("planned").asLong()) + ", "
                            + Sizes.bytes(progress.path("bytes").asLong()));
        }
    }

    private void report(RunReport report) {
        line("Source", report.source());
        line("Destination", report.destination());
        Counts counts = report.counts();
        line(
                "Copied",
                Sizes.count(counts.copied()) + " new, " + Sizes.count(counts.overwritten()) + " overwritten, "
                        + Sizes.bytes(counts.bytes()));
        if (counts.metadataUpdated() > 0) {
            line("Metadata", Sizes.count(counts.metadataUpdated()) + " updated");
        }
        line("Unchanged", Sizes.count(counts.unchanged()));
        if (counts.skipped() + counts.notRun() > 0) {
            line("Left", Sizes.count(counts.skipped()) + " skipped, " + Sizes.count(counts.notRun()) + " not run");
        }
        if (counts.drifted() > 0) {
            line("Drifted", Sizes.count(counts.drifted()) + " changed by others since the run before");
        }
        GateReport gate = report.gate();
        if (gate.verdict() != GateReport.Verdict.NOT_ASKED) {
            line(
                    "Deleted",
                    Sizes.count(counts.deleted()) + " of " + Sizes.count(gate.planned())
                            + (gate.verdict() == GateReport.Verdict.CLOSED ? ", gate closed: " + gate.reason() : ""));
        }
        line(
                "Failed",
                Sizes.count(counts.failed())
                        + (counts.stale() > 0 ? ", and " + Sizes.count(counts.stale()) + " changed meanwhile" : ""));
        report.warnings().forEach(warning -> console.result(Colour.CAUTION, "! ", warning));
        report.problem().ifPresent(problem -> console.result(Colour.BAD, "✗ ", problem.message()));
        failures(report);
        report.skips().forEach(this::skips);
    }

    private void failures(RunReport report) {
        Map<String, List<Failure>> byCause = new TreeMap<>();
        for (Failure failure : report.failures()) {
            byCause.computeIfAbsent(failure.cause().name(), cause -> new ArrayList<>())
                    .add(failure);
        }
        byCause.forEach((cause, failures) -> {
            console.result("");
            console.result(
                    Colour.BAD,
                    "✗ ",
                    cause + ": " + Sizes.objects(failures.size())
                            + (report.failuresTruncated() ? " of those that the report names" : ""));
            remedy("FAILED", cause);
            failures.stream()
                    .limit(SHOWN_OF_A_CAUSE)
                    .forEach(failure -> console.result("    " + Displays.escaped(failure.key()) + " ("
                            + Displays.escaped(failure.message()) + ")"));
            if (failures.size() > SHOWN_OF_A_CAUSE) {
                console.result(
                        "    … " + Sizes.count(failures.size() - SHOWN_OF_A_CAUSE) + " more (all of them: -o json)");
            }
        });
    }

    private void skips(Skips skips) {
        console.result("");
        console.result(
                skips.reason().leavesIncomplete() ? Colour.CAUTION : Colour.FAINT,
                "- ",
                skips.reason() + ": " + Sizes.objects(skips.count()) + " skipped");
        remedy("SKIPPED", skips.reason().name());
        skips.examples().forEach(key -> console.result("    " + Displays.escaped(key)));
        if (skips.count() > skips.examples().size()) {
            console.result(
                    "    … " + Sizes.count(skips.count() - skips.examples().size()) + " more");
        }
    }

    private void remedy(String outcome, String cause) {
        String remedy = Remedies.of(outcome, cause);
        if (!remedy.isEmpty()) {
            console.result("  " + remedy);
        }
    }

    /** A report of another kind: its numbers under their own names. */
    private void plain(JsonNode report) {
        report.properties().forEach(field -> {
            if (field.getValue().isNumber()
                    || field.getValue().isTextual()
                    || field.getValue().isBoolean()) {
                line(
                        field.getKey(),
                        field.getValue().isIntegralNumber()
                                ? Sizes.count(field.getValue().asLong())
                                : field.getValue().asText());
            }
        });
    }

    /** Further lines of a text begin below its first one: none passes for a line of ours. */
    private void line(String label, String text) {
        console.result(
                Colour.PLAIN,
                Columns.padded(label + ":", LABEL_CELLS) + (label.length() >= LABEL_CELLS - 1 ? " " : ""),
                text.lines().collect(Collectors.joining("\n" + " ".repeat(LABEL_CELLS))));
    }
}

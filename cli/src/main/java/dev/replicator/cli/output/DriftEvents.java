package dev.replicator.cli.output;

import dev.replicator.cli.exit.ExitCode;
import dev.replicator.report.DriftFinding;
import dev.replicator.report.DriftReport;
import java.util.Locale;

/** Drift as events: {@code drift, drift.finished, exit}. */
public final class DriftEvents implements DriftOutput {
    private final EventStream events;
    private final RunKeys keys;

    public DriftEvents(EventStream events, RunKeys keys) {
        this.events = events;
        this.keys = keys;
    }

    @Override
    public void accept(DriftFinding finding) {
        events.emit(
                "drift",
                JsonText.node()
                        .put("kind", finding.kind().name().toLowerCase(Locale.ROOT))
                        .put(
                                "key",
                                RunKeys.text(keys.destination(finding.object().key(), finding.pair())))
                        .put("size", finding.object().size()));
    }

    @Override
    public void finish(DriftReport report, ExitCode code) {
        events.emit("drift.finished", Documents.drift(report));
        events.exit(
                code,
                report.problem()
                        .map(problem -> problem.message())
                        .orElse(report.found() == 0 ? "no drift" : report.found() + " objects drifted"));
    }
}

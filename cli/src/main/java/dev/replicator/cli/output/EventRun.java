package dev.replicator.cli.output;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.replicator.cli.exit.ExitCode;
import dev.replicator.diff.Change;
import dev.replicator.diff.Reason;
import dev.replicator.execute.ActionResult;
import dev.replicator.plan.Action;
import dev.replicator.report.GateReport;
import dev.replicator.report.RunHeader;
import dev.replicator.report.RunListener;
import dev.replicator.report.RunReport;
import dev.replicator.store.MetadataLoss;
import java.util.Locale;

/** A run as events: {@code run.started, action, object, metadata, gate, warning, run.finished, exit}. */
public final class EventRun implements RunOutput, RunListener {
    private final EventStream events;
    private final boolean dryRun;
    private final boolean showSkipped;
    private volatile RunKeys keys = RunKeys.NONE;

    public EventRun(EventStream events, boolean dryRun, boolean showSkipped) {
        this.events = events;
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
        events.run(header.runId());
        events.emit(
                "run.started",
                JsonText.node()
                        .put("source", header.job().source().uri().toString())
                        .put("destination", header.job().destination().uri().toString())
                        .put("dryRun", header.dryRun()));
    }

    @Override
    public void planned(Action action) {
        if (dryRun) {
            events.emit("action", action(action));
        }
    }

    private ObjectNode action(Action action) {
        ObjectNode node = JsonText.node().put("op", op(action)).put("key", RunKeys.text(keys.of(action)));
        if (action instanceof Action.Copy copy) {
            node.put("size", copy.source().size()).put("reason", copy.reason().word());
        } else if (action instanceof Action.UpdateMetadata update) {
            node.put("reason", Reason.METADATA.word());
            update.fields().forEach(node.putArray("fields")::add);
        } else if (action instanceof Action.Delete delete) {
            node.put("size", delete.destination().size()).put("reason", "extra");
        } else if (action instanceof Action.Keep keep) {
            node.put("drift", keep.drift().name().toLowerCase(Locale.ROOT)).put("reason", "drift");
        } else if (action instanceof Action.Skip skip) {
            node.put("reason", skip.note().name());
        }
        return node;
    }

    private static String op(Action action) {
        if (action instanceof Action.Copy copy) {
            return copy.replaced().isPresent() ? "overwrite" : "copy";
        }
        if (action instanceof Action.Keep) {
            return "keep";
        }
        if (action instanceof Action.UpdateMetadata) {
            return "update-metadata";
        }
        return action instanceof Action.Delete ? "delete" : "skip";
    }

    @Override
    public void drifted(Change.Drifted drifted, int pair) {
        events.emit(
                "drift",
                JsonText.node()
                        .put("kind", drifted.kind().name().toLowerCase(Locale.ROOT))
                        .put("key", RunKeys.text(keys.destination(drifted.key(), pair))));
    }

    @Override
    public void unchanged(Change.Same same, int pair) {
        events.emit(
                "object",
                JsonText.node()
                        .put("op", "none")
                        .put("key", RunKeys.text(keys.destination(same.key(), pair)))
                        .put("outcome", "unchanged"));
    }

    @Override
    public void finished(ActionResult result) {
        ObjectNode node =
                JsonText.node().put("op", op(result.action())).put("key", RunKeys.text(keys.of(result.action())));
        if (result instanceof ActionResult.Done done) {
            node.put("outcome", "done").put("bytes", done.bytes());
        } else if (result instanceof ActionResult.Failed failed) {
            node.put("outcome", "failed").put("cause", failed.cause().name()).put("message", failed.message());
        } else if (result instanceof ActionResult.Stale stale) {
            node.put("outcome", "stale").put("message", stale.message());
        } else if (result instanceof ActionResult.Skipped skipped) {
            node.put("outcome", "skipped").put("cause", skipped.reason().name());
        } else if (result instanceof ActionResult.NotRun notRun) {
            node.put("outcome", "not-run").put("message", notRun.message());
        }
        events.emit("object", node);
    }

    @Override
    public void metadataLost(Action action, MetadataLoss loss) {
        events.emit("metadata", LossFile.line(keys.of(action), loss));
    }

    @Override
    public void gate(GateReport verdict) {
        events.emit("gate", Documents.gate(verdict));
    }

    @Override
    public void warning(String message) {
        events.emit("warning", JsonText.node().put("message", message));
    }

    @Override
    public void finish(RunReport report, ExitCode code) {
        events.emit("run.finished", dryRun ? Documents.plan(report) : Documents.run(report));
        String message = report.problem()
                .map(problem -> problem.message())
                .orElse(report.outcome().name().toLowerCase(Locale.ROOT));
        events.exit(code, message);
    }
}

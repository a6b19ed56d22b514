package dev.replicator;

import dev.replicator.diff.Change;
import dev.replicator.execute.ActionForecast;
import dev.replicator.execute.ActionResult;
import dev.replicator.execute.Failures;
import dev.replicator.plan.Action;
import dev.replicator.store.MetadataLoss;
import dev.replicator.store.ObjectMetadata;
import java.util.List;
import java.util.Optional;

/** Results of what no runner has tried. */
final class Results {
    private Results() {}

    /** What the action will come to when nothing goes wrong. */
    static ActionResult intended(Action action, ActionForecast forecast) {
        if (action instanceof Action.Skip || action instanceof Action.Keep) {
            return ActionResult.Skipped.of(action);
        }
        if (action instanceof Action.Copy copy) {
            Optional<List<MetadataLoss>> lost =
                    forecast.leavesUnasked(copy) ? Optional.empty() : Optional.of(List.of());
            return new ActionResult.Done(copy, copy.source().size(), true, Optional.empty(), lost);
        }
        return new ActionResult.Done(action, 0, true);
    }

    /** Metadata that could not be compared counts as an update that failed. */
    static ActionResult unasked(Change.MetadataUnknown unknown, int pair) {
        Action.UpdateMetadata update = new Action.UpdateMetadata(
                pair, unknown.source(), unknown.destination(), ObjectMetadata.NONE, List.of());
        return Failures.resultOf(update, unknown.failure());
    }
}

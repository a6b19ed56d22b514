package dev.replicator;

import dev.replicator.diff.Change;
import dev.replicator.execute.ActionResult;
import dev.replicator.execute.Failures;
import dev.replicator.plan.Action;
import dev.replicator.store.ObjectMetadata;
import java.util.List;

/** Results of what no runner has tried. */
final class Results {
    private Results() {}

    /** What the action will come to when nothing goes wrong. */
    static ActionResult intended(Action action) {
        if (action instanceof Action.Skip || action instanceof Action.Keep) {
            return ActionResult.Skipped.of(action);
        }
        long bytes = action instanceof Action.Copy copy ? copy.source().size() : 0;
        return new ActionResult.Done(action, bytes, true);
    }

    /** Metadata that could not be compared counts as an update that failed. */
    static ActionResult unasked(Change.MetadataUnknown unknown, int pair) {
        Action.UpdateMetadata update = new Action.UpdateMetadata(
                pair, unknown.source(), unknown.destination(), ObjectMetadata.NONE, List.of());
        return Failures.resultOf(update, unknown.failure());
    }
}

package dev.replicator.server.run;

import dev.replicator.execute.ActionResult;
import dev.replicator.plan.Action;

/**
 * What became of one object in a run.
 *
 * @param number in the order in which objects ended, from 1
 * @param object the key, relative to the job's prefix pair
 * @param cause of a failure or a skip; else empty
 */
public record ObjectResult(
        long number, String object, String action, String outcome, String cause, long bytes, String message) {
    static ObjectResult of(long number, ActionResult result) {
        String object = result.action().key().toString();
        String action = nameOf(result.action());
        if (result instanceof ActionResult.Done done) {
            return new ObjectResult(number, object, action, "DONE", "", done.bytes(), "");
        }
        if (result instanceof ActionResult.Stale stale) {
            return new ObjectResult(number, object, action, "STALE", "", 0, stale.message());
        }
        if (result instanceof ActionResult.Skipped skipped) {
            return new ObjectResult(
                    number, object, action, "SKIPPED", skipped.reason().name(), 0, "");
        }
        if (result instanceof ActionResult.Failed failed) {
            return new ObjectResult(
                    number, object, action, "FAILED", failed.cause().name(), 0, failed.message());
        }
        return new ObjectResult(number, object, action, "NOT_RUN", "", 0, ((ActionResult.NotRun) result).message());
    }

    private static String nameOf(Action action) {
        if (action instanceof Action.Copy copy) {
            return copy.replaced().isPresent() ? "OVERWRITE" : "COPY";
        }
        if (action instanceof Action.UpdateMetadata) {
            return "METADATA";
        }
        if (action instanceof Action.Delete) {
            return "DELETE";
        }
        return action instanceof Action.Keep ? "KEEP" : "SKIP";
    }
}

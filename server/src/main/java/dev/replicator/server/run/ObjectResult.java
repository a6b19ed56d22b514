package dev.replicator.server.run;

import dev.replicator.diff.Reason;
import dev.replicator.execute.ActionResult;
import dev.replicator.plan.Action;
import dev.replicator.report.DriftFinding;
import dev.replicator.report.Finding;
import dev.replicator.store.ObjectKey;
import java.util.Locale;

/**
 * What became of one object, or what was found of it.
 *
 * @param number place within its run, from 1
 * @param object the destination's key, relative to the job's location there
 * @param action what was to be done; NONE for what was only looked at
 * @param outcome one of DONE, STALE, SKIPPED, FAILED, NOT_RUN, PLANNED, FOUND
 * @param cause class of a failure, reason of a skip or of an action that is planned, kind of a finding; else empty
 * @param message for people; may be empty
 */
public record ObjectResult(
        long number, ObjectKey object, String action, String outcome, String cause, long bytes, String message) {
    public static final String FOUND = "FOUND";
    public static final String PLANNED = "PLANNED";

    static ObjectResult of(long number, ObjectKey object, ActionResult result) {
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

    static ObjectResult planned(long number, ObjectKey object, Action action) {
        if (action instanceof Action.Copy copy) {
            return planned(
                    number, object, action, copy.reason().name(), copy.source().size());
        }
        if (action instanceof Action.UpdateMetadata update) {
            ObjectResult plain = planned(number, object, action, Reason.METADATA.name(), 0);
            return new ObjectResult(
                    number, object, plain.action(), PLANNED, plain.cause(), 0, String.join(", ", update.fields()));
        }
        if (action instanceof Action.Delete delete) {
            return planned(
                    number,
                    object,
                    action,
                    Reason.EXTRA.name(),
                    delete.destination().size());
        }
        if (action instanceof Action.Keep keep) {
            return planned(
                    number, object, action, Reason.DRIFT.name(), keep.object().size());
        }
        return planned(number, object, action, ((Action.Skip) action).note().name(), 0);
    }

    private static ObjectResult planned(long number, ObjectKey object, Action action, String reason, long bytes) {
        return new ObjectResult(number, object, nameOf(action), PLANNED, reason, bytes, "");
    }

    static ObjectResult found(long number, ObjectKey object, Finding finding) {
        return new ObjectResult(
                number,
                object,
                "NONE",
                FOUND,
                finding.kind().name(),
                finding.entry().size(),
                finding.why());
    }

    static ObjectResult found(long number, ObjectKey object, DriftFinding finding) {
        return new ObjectResult(
                number,
                object,
                "NONE",
                FOUND,
                finding.kind().name(),
                finding.object().size(),
                "by others: " + finding.kind().name().toLowerCase(Locale.ROOT));
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

package dev.replicator.report;

import dev.replicator.execute.ActionResult;
import dev.replicator.job.PrefixPair;
import dev.replicator.plan.Action;
import dev.replicator.store.MetadataLoss;
import dev.replicator.store.ObjectKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Folds results into counts, a bounded list of failures and the reasons of skips. Thread-safe. */
public final class RunFold {
    private final List<PrefixPair> pairs;
    private final List<Failure> failures = new ArrayList<>();
    private final Map<MetadataLoss.Kind, Long> fidelity = new EnumMap<>(MetadataLoss.Kind.class);
    private final Map<ActionResult.SkipReason, Skips> skips = new EnumMap<>(ActionResult.SkipReason.class);
    private Counts counts = Counts.ZERO;
    private boolean truncated;
    private long incomplete;
    private long denied;

    public RunFold(List<PrefixPair> pairs) {
        this.pairs = List.copyOf(pairs);
    }

    public synchronized void add(ActionResult result) {
        counts = counts.plus(countOf(result));
        result.losses().forEach(loss -> fidelity.merge(loss.kind(), 1L, Long::sum));
        if (result instanceof ActionResult.Failed failed) {
            denied += failed.cause() == ActionResult.FailureCause.PERMISSION ? 1 : 0;
            fail(failed.action(), failed.cause(), failed.message());
        } else if (result instanceof ActionResult.Stale stale) {
            fail(stale.action(), ActionResult.FailureCause.CONFLICT, "stale: " + stale.message());
        } else if (result instanceof ActionResult.Skipped skipped) {
            incomplete += skipped.reason().leavesIncomplete() ? 1 : 0;
            skip(skipped);
        }
    }

    public synchronized void addUnchanged(long objects) {
        counts = counts.plus(new Counts(0, 0, 0, 0, objects, 0, 0, 0, 0, 0, 0));
    }

    /** One more object was changed in the destination behind our back. */
    public synchronized void addDrifted() {
        counts = counts.plus(new Counts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0));
    }

    private static Counts countOf(ActionResult result) {
        if (result instanceof ActionResult.Done done) {
            return done(done);
        }
        if (result instanceof ActionResult.Skipped) {
            return new Counts(0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0);
        }
        if (result instanceof ActionResult.Stale) {
            return new Counts(0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0);
        }
        if (result instanceof ActionResult.Failed) {
            return new Counts(0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0);
        }
        return new Counts(0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0);
    }

    private static Counts done(ActionResult.Done done) {
        long unguarded = done.guarded() ? 0 : 1;
        if (done.action() instanceof Action.Delete) {
            return new Counts(0, 0, 1, 0, 0, 0, 0, 0, 0, unguarded, 0);
        }
        if (done.action() instanceof Action.UpdateMetadata) {
            return new Counts(0, 0, 0, 1, 0, 0, 0, 0, 0, unguarded, done.bytes());
        }
        boolean overwrote =
                done.action() instanceof Action.Copy copy && copy.replaced().isPresent();
        long unasked = done.lost().isPresent() ? 0 : 1;
        return new Counts(
                overwrote ? 0 : 1, overwrote ? 1 : 0, 0, 0, 0, 0, 0, 0, 0, unguarded, done.bytes(), 0, unasked);
    }

    private void fail(Action action, ActionResult.FailureCause cause, String message) {
        if (failures.size() == RunReport.MAX_FAILURES) {
            truncated = true;
            return;
        }
        failures.add(new Failure(fullKey(action).display(), cause, message));
    }

    private void skip(ActionResult.Skipped skipped) {
        Skips before = skips.getOrDefault(skipped.reason(), new Skips(skipped.reason(), 0, List.of()));
        skips.put(skipped.reason(), before.and(fullKey(skipped.action()).display()));
    }

    /** The key with its pair's destination prefix. */
    private ObjectKey fullKey(Action action) {
        return action.key().prependedBy(pairs.get(action.pair()).to());
    }

    public synchronized Counts counts() {
        return counts;
    }

    /** What destinations don't hold of metadata, by kind. */
    public synchronized Map<MetadataLoss.Kind, Long> fidelity() {
        return Map.copyOf(fidelity);
    }

    public synchronized List<Failure> failures() {
        return List.copyOf(failures);
    }

    public synchronized boolean failuresTruncated() {
        return truncated;
    }

    /** What was left alone, by reason: those that leave the destination incomplete first. */
    public synchronized List<Skips> skips() {
        return skips.values().stream()
                .sorted(Comparator.comparing(each -> !each.reason().leavesIncomplete()))
                .toList();
    }

    /**
     * Whether all that was tried was refused for want of permission. One object alone tells nothing of its bucket: it may be
     * held or locked.
     */
    public synchronized boolean isDeniedThroughout() {
        return denied > 1 && denied == counts.failed() && counts.changed() + counts.stale() + counts.notRun() == 0;
    }

    /** Whether an object was skipped that the destination now lacks. */
    public synchronized boolean skipsLeaveIncomplete() {
        return incomplete > 0;
    }

    /** Whether something was left undone that the destination now lacks. */
    public synchronized boolean leftIncomplete() {
        return incomplete + counts.failed() + counts.stale() + counts.notRun() > 0;
    }
}

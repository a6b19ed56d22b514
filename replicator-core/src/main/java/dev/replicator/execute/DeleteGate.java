package dev.replicator.execute;

import dev.replicator.job.DeletePolicy;
import dev.replicator.plan.Action;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Holds a job's deletes until everything else is done, and decides whether they may be sent; CONTRACT §4. One gate per
 * run, over all prefix pairs. Used by one thread.
 */
public final class DeleteGate implements AutoCloseable {
    private static final String NEVER = "the job never deletes";

    private final DeletePolicy policy;
    private final DeleteSpool spool = new DeleteSpool();
    private String spoolFailure = "";
    private long lost;

    /**
     * What the gate judges by.
     *
     * @param emptySource name of a prefix pair that has deletes waiting though its source shows no object; empty if none
     * @param provenListings whether both listings of every pair were proven to their ends
     * @param failures lists, reads, copies of this run that failed
     * @param destinationObjects objects in the destination's scope, over all pairs
     */
    public record Facts(String emptySource, boolean provenListings, long failures, long destinationObjects) {}

    /**
     * The gate's word.
     *
     * @param reason one sentence; empty when open
     * @param limit most deletes allowed, the tighter of both limits
     */
    public record Verdict(boolean open, String reason, long planned, long limit) {}

    public DeleteGate(DeletePolicy policy) {
        this.policy = policy;
    }

    /** Lets a delete wait. One that can't be kept (a full disk) closes the gate for all. */
    public void hold(Action.Delete delete) {
        try {
            spool.add(delete);
        } catch (UncheckedIOException e) {
            spoolFailure = String.valueOf(e.getMessage());
            lost++;
        }
    }

    /** Deletes waiting. */
    public long waiting() {
        return spool.size() + lost;
    }

    /** Hands over the waiting deletes in the order they came, whatever the verdict. */
    public void forEach(Consumer<Action.Delete> consumer) {
        spool.forEach(consumer);
    }

    /** Judges; with nothing waiting the gate is open. */
    public Verdict judge(Facts facts) {
        long planned = waiting();
        String reason = planned == 0 ? "" : reasonAgainst(facts, planned);
        return new Verdict(reason.isEmpty(), reason, planned, limit(facts));
    }

    /**
     * Judges the deletes of a written plan: by the word of the gate when the plan was made, which knew the listings, and
     * by what this job allows and this run met.
     *
     * @param reasonThen why the gate was closed when the plan was made; empty when it was open
     * @param failures copies of this run that failed
     */
    public Verdict judgeWritten(String reasonThen, long failures) {
        long planned = spool.size();
        String reason = planned == 0 ? "" : reasonAgainstWritten(reasonThen, failures, planned);
        return new Verdict(reason.isEmpty(), reason, planned, policy.maxObjects());
    }

    private String reasonAgainstWritten(String reasonThen, long failures, long planned) {
        if (!policy.deletes()) {
            return NEVER;
        }
        if (!reasonThen.isEmpty()) {
            return "the plan itself says: " + reasonThen;
        }
        if (failures > 0) {
            return failures + " copies of this run failed";
        }
        return planned > policy.maxObjects() ? tooMany(planned) : "";
    }

    private String tooMany(long planned) {
        return planned + " deletes are more than max-objects " + policy.maxObjects();
    }

    private long limit(Facts facts) {
        long byPercent = facts.destinationObjects() < policy.judgedFrom()
                ? Long.MAX_VALUE
                : (long) Math.floor(facts.destinationObjects() * policy.maxPercent() / 100);
        return Math.min(policy.maxObjects(), byPercent);
    }

    private String reasonAgainst(Facts facts, long planned) {
        if (!policy.deletes()) {
            return NEVER;
        }
        if (!spoolFailure.isEmpty()) {
            return spoolFailure;
        }
        if (!facts.provenListings()) {
            return "a listing did not show every key, so nothing counts as missing";
        }
        if (!facts.emptySource().isEmpty()) {
            return "the source " + facts.emptySource() + " shows no objects";
        }
        if (facts.failures() > 0) {
            return facts.failures() + " lists, reads or copies of this run failed";
        }
        if (planned > policy.maxObjects()) {
            return tooMany(planned);
        }
        if (planned > limit(facts)) {
            return String.format(
                    Locale.ROOT,
                    "%d deletes of %d objects are more than max-percent %s%%",
                    planned,
                    facts.destinationObjects(),
                    policy.maxPercent() == Math.rint(policy.maxPercent())
                            ? Long.toString((long) policy.maxPercent())
                            : Double.toString(policy.maxPercent()));
        }
        return "";
    }

    @Override
    public void close() {
        spool.close();
    }
}

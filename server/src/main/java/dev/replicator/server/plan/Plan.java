package dev.replicator.server.plan;

import java.time.Instant;
import java.util.Optional;

/**
 * What is known of a plan. Immutable.
 *
 * @param run that wrote it down; the plan's name
 * @param digest of the plan's trailer: whoever decides names it, so that nobody decides about another plan
 * @param changes whether there is anything to do
 * @param decidedBy who approved or rejected it
 * @param comment of who decided; may be empty
 * @param appliedRun the run that carried it out, or is about to; none after one that got to nothing
 */
public record Plan(
        String run,
        String job,
        String digest,
        State state,
        boolean changes,
        Instant createdAt,
        Optional<String> decidedBy,
        Optional<Instant> decidedAt,
        String comment,
        Optional<String> appliedRun) {
    /** Characters of a comment. */
    public static final int MAX_COMMENT = 1_000;

    /** What may become of it. */
    public enum State {
        /** Nobody has decided yet. */
        OPEN,
        APPROVED,
        REJECTED,
        /** By a run that changed something, or came to its end; one that is under way may still give it back. */
        APPLIED,
        /** Forgotten with its run. */
        GONE
    }

    static Plan open(String run, String job, String digest, boolean changes, Instant now) {
        return new Plan(
                run, job, digest, State.OPEN, changes, now, Optional.empty(), Optional.empty(), "", Optional.empty());
    }
}

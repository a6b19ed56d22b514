package dev.replicator.server.plan;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Optional;

/** Keeps plans for all servers that share it. Thread-safe; what can't be written or read is an unchecked exception. */
public interface PlanShelf {
    /** Keeps a plan with its content, all or nothing. */
    void put(Plan plan, InputStream content);

    Optional<Plan> find(String run);

    /** Writes a plan's content; false when it isn't there any more. */
    boolean read(String run, OutputStream to);

    /**
     * Decides about an open plan, or takes an approval back that no run has taken: of several who approve one wins, and a
     * rejection holds.
     *
     * @return whether it could still be decided so, in that version
     */
    boolean decide(String run, String digest, Plan.State decision, String by, String comment, Instant now);

    /**
     * Takes an approved plan for a run to carry out; of several who do one wins.
     *
     * @return whether it was approved, in that version, and not taken
     */
    boolean take(String run, String digest, String appliedRun);

    /** Gives a plan back of which its run did nothing: it is approved, as before. */
    void giveBack(String run, String appliedRun);
}

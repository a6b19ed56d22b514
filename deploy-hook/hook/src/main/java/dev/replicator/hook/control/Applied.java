package dev.replicator.hook.control;

import dev.replicator.report.Counts;
import dev.replicator.report.Outcome;
import java.time.Instant;

/**
 * A deployment that was applied: the content of the marker and of a ledger entry.
 *
 * @param lease fencing number of the run's lease; the higher, the later
 * @param appliedAt by the store's time
 * @param host who ran it, for people
 */
public record Applied(
        String deployment, String runId, long lease, Outcome outcome, Counts counts, Instant appliedAt, String host) {

    /** Whether this was applied after {@code other}. */
    public boolean isAfter(Applied other) {
        return lease != other.lease ? lease > other.lease : appliedAt.isAfter(other.appliedAt);
    }
}

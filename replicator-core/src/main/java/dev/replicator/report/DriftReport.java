package dev.replicator.report;

import dev.replicator.baseline.BaselineStatus;
import dev.replicator.execute.Problem;
import dev.replicator.store.RequestKind;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What was changed in a job's destination since its last run, by others.
 *
 * @param baseline what that is told by; without a usable one nothing was compared
 * @param compared objects of the destination that were looked at
 * @param metadata objects of the version we left with other metadata
 * @param problem why it could not be told to the end
 */
public record DriftReport(
        BaselineStatus baseline,
        String source,
        String destination,
        long compared,
        long edited,
        long metadata,
        long deleted,
        long added,
        Duration duration,
        Map<RequestKind, Long> requests,
        Optional<Problem> problem) {
    public DriftReport {
        requests = Map.copyOf(requests);
    }

    public long found() {
        return edited + metadata + deleted + added;
    }
}

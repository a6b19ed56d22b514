package dev.replicator.hook;

import dev.replicator.execute.Problem;
import dev.replicator.hook.control.Applied;
import dev.replicator.hook.control.Deferral;
import dev.replicator.hook.control.FailedAttempt;
import dev.replicator.hook.control.RunHistory;
import dev.replicator.report.SideCount;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How things stand with a job; reading it writes nothing.
 *
 * @param configuredReason why not, or from where
 * @param hookReason why the hook works here, or not
 * @param deployment this process's
 * @param marker the deployment that was applied last
 * @param lastRuns newest first
 * @param problems what could not be read: its class, and a sentence for people
 */
public record HookStatus(
        String environment,
        boolean configured,
        String configuredReason,
        boolean hookActive,
        String hookReason,
        Optional<String> deployment,
        Optional<Applied> marker,
        Optional<LeaseStatus> lease,
        Optional<Deferral> deferred,
        Optional<FailedAttempt> attempt,
        List<RunHistory.Entry> lastRuns,
        Optional<Side> source,
        Optional<Side> destination,
        List<Problem> problems) {

    /**
     * The ruling lease.
     *
     * @param newest when its holder was last heard of, by the store's time
     */
    public record LeaseStatus(long number, String holder, boolean held, Instant newest) {}

    /** A side; its size only when it was asked for. */
    public record Side(String uri, Optional<SideCount> count) {}

    public HookStatus {
        lastRuns = List.copyOf(lastRuns);
        problems = List.copyOf(problems);
    }

    /** One JSON document for scripts. */
    public String toJson() {
        return HookJson.of(this);
    }
}

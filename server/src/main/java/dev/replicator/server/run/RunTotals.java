package dev.replicator.server.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.replicator.report.Counts;
import dev.replicator.report.DriftReport;
import dev.replicator.report.RunReport;
import dev.replicator.report.ValidationReport;
import dev.replicator.store.RequestKind;
import java.util.Map;

/**
 * A run in numbers, so that lists of runs need no reports. Of a plan they are what a run would do.
 *
 * @param unchanged objects that are equal on both sides
 * @param failed objects that failed, or that a validation could not read
 * @param found findings of a validation or a look for drift
 * @param bytes copied
 * @param requests sent to both sides, every attempt
 */
public record RunTotals(
        long copied,
        long overwritten,
        long deleted,
        long metadataUpdated,
        long unchanged,
        long skipped,
        long stale,
        long failed,
        long found,
        long bytes,
        long requests,
        long durationMillis) {
    public static final RunTotals NONE = new RunTotals(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    static RunTotals of(RunReport report) {
        Counts counts = report.counts();
        return new RunTotals(
                counts.copied(),
                counts.overwritten(),
                counts.deleted(),
                counts.metadataUpdated(),
                counts.unchanged(),
                counts.skipped(),
                counts.stale(),
                counts.failed(),
                0,
                counts.bytes(),
                sum(report.requests()),
                report.duration().toMillis());
    }

    static RunTotals of(ValidationReport report) {
        return new RunTotals(
                0,
                0,
                0,
                0,
                report.matched(),
                report.skipped(),
                0,
                report.unreadable(),
                report.missing() + report.mismatched() + report.extra() + report.unreadable(),
                0,
                sum(report.requests()),
                report.duration().toMillis());
    }

    static RunTotals of(DriftReport report) {
        return new RunTotals(
                0,
                0,
                0,
                0,
                Math.max(0, report.compared() - report.edited() - report.metadata() - report.added()),
                0,
                0,
                0,
                report.found(),
                0,
                sum(report.requests()),
                report.duration().toMillis());
    }

    /** Of a run's report as a bucket keeps it. */
    public static RunTotals of(JsonNode report) {
        long requests = 0;
        for (JsonNode kind : report.path("requests")) {
            requests += kind.asLong();
        }
        return new RunTotals(
                report.path("copied").asLong(),
                report.path("overwritten").asLong(),
                report.path("deleted").asLong(),
                report.path("metadataUpdated").asLong(),
                report.path("unchanged").asLong(),
                report.path("skipped").asLong(),
                report.path("stale").asLong(),
                report.path("failed").asLong(),
                0,
                report.path("bytes").asLong(),
                requests,
                report.path("durationMillis").asLong());
    }

    /** Whether something was changed in the destination. */
    boolean hasChanges() {
        return copied + overwritten + deleted + metadataUpdated > 0;
    }

    private static long sum(Map<RequestKind, Long> requests) {
        return requests.values().stream().mapToLong(Long::longValue).sum();
    }
}

package dev.replicator;

import dev.replicator.baseline.BaselineStatus;
import dev.replicator.diff.Change;
import dev.replicator.diff.Differ;
import dev.replicator.diff.Drift;
import dev.replicator.diff.Scrutiny;
import dev.replicator.execute.Problem;
import dev.replicator.job.ReplicationJob;
import dev.replicator.report.DriftFinding;
import dev.replicator.report.DriftReport;
import dev.replicator.report.DriftSink;
import dev.replicator.report.RunHeader;
import dev.replicator.store.ListRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** One look at what others changed in the destination since the last run. Made for one use. */
final class DriftSession {
    private final ReplicationJob job;
    private final JobStores stores;
    private final RunOptions options;
    private final DriftSink sink;
    private final Clock clock;
    private final Map<Drift, Long> found = new EnumMap<>(Drift.class);
    private Optional<String> broken = Optional.empty();

    DriftSession(ReplicationJob job, JobStores stores, RunOptions options, DriftSink sink, Clock clock) {
        this.job = job;
        this.stores = stores;
        this.options = options;
        this.sink = sink;
        this.clock = clock;
    }

    DriftReport look(String runId) {
        Instant startedAt = clock.instant();
        options.listener().started(new RunHeader(runId, job, true));
        try (JobBaseline baseline = JobBaseline.reading(job, stores, why -> broken = Optional.of(why))) {
            if (!(baseline.status() instanceof BaselineStatus.Usable)) {
                return report(startedAt, baseline.status(), 0, Optional.empty());
            }
            Scan scan = new Scan(
                    job,
                    stores,
                    ListRequest.everything(),
                    Differ.Detail.DIFFERENCES,
                    Scrutiny.TRUSTING,
                    Scan.Doubts.LEFT,
                    baseline::pair,
                    startedAt,
                    options.listener(),
                    () -> {},
                    options.cancellation());
            scan.run(this::tell);
            Optional<Problem> problem = options.cancellation()
                    .reason()
                    .or(scan::problem)
                    .or(() -> broken.map(why -> new Problem(Problem.Kind.FAILED, why)))
                    .or(() -> unproven(scan));
            return report(startedAt, baseline.status(), scan.facts(0).destinationObjects(), problem);
        }
    }

    private static Optional<Problem> unproven(Scan scan) {
        return scan.proven()
                ? Optional.empty()
                : Optional.of(new Problem(
                        Problem.Kind.FAILED, "a listing did not show every key; what was deleted can't be told"));
    }

    private void tell(Change change, int pair) {
        if (change instanceof Change.Drifted drifted) {
            found.merge(drifted.kind(), 1L, Long::sum);
            sink.accept(new DriftFinding(drifted.kind(), pair, drifted.object()));
        }
    }

    private DriftReport report(Instant startedAt, BaselineStatus status, long compared, Optional<Problem> problem) {
        return new DriftReport(
                status,
                job.source().uri().toString(),
                job.destination().uri().toString(),
                compared,
                found.getOrDefault(Drift.EDITED, 0L),
                found.getOrDefault(Drift.METADATA, 0L),
                found.getOrDefault(Drift.DELETED, 0L),
                found.getOrDefault(Drift.ADDED, 0L),
                Duration.between(startedAt, clock.instant()),
                stores.meter().snapshot(),
                problem);
    }
}

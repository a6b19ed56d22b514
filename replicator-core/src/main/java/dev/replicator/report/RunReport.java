package dev.replicator.report;

import dev.replicator.execute.Problem;
import dev.replicator.store.MetadataLoss;
import dev.replicator.store.RequestKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The facts of one run.
 *
 * @param source location for people
 * @param requests on the wire, both sides, every attempt
 * @param failures failed and stale objects, 1,000 at most
 * @param skips what was left alone, by reason: those that leave the destination incomplete first
 * @param warnings sentences for people: fallbacks, unguarded writes, assumptions
 * @param fidelity what the destination does not hold of objects' metadata, by kind; of copies whose source's metadata an
 *     answer showed: all but {@link Counts#metadataUnasked}
 * @param problem what ended or refused the run, beside per-object failures
 * @param estimate of a plan that reached its end: what carrying it out will take
 */
public record RunReport(
        String runId,
        Optional<String> job,
        String source,
        String destination,
        Instant startedAt,
        Duration duration,
        Outcome outcome,
        Counts counts,
        Map<RequestKind, Long> requests,
        GateReport gate,
        List<Failure> failures,
        boolean failuresTruncated,
        List<Skips> skips,
        List<String> warnings,
        Optional<Problem> problem,
        Map<MetadataLoss.Kind, Long> fidelity,
        Optional<Estimate> estimate) {
    public static final int MAX_FAILURES = 1_000;

    public RunReport {
        requests = Map.copyOf(requests);
        failures = List.copyOf(failures);
        skips = List.copyOf(skips);
        warnings = List.copyOf(warnings);
        fidelity = Map.copyOf(fidelity);
    }

    /** Of a run that skipped nothing and lost no metadata, without an estimate. */
    public RunReport(
            String runId,
            Optional<String> job,
            String source,
            String destination,
            Instant startedAt,
            Duration duration,
            Outcome outcome,
            Counts counts,
            Map<RequestKind, Long> requests,
            GateReport gate,
            List<Failure> failures,
            boolean failuresTruncated,
            List<String> warnings,
            Optional<Problem> problem) {
        this(
                runId,
                job,
                source,
                destination,
                startedAt,
                duration,
                outcome,
                counts,
                requests,
                gate,
                failures,
                failuresTruncated,
                List.of(),
                warnings,
                problem,
                Map.of(),
                Optional.empty());
    }
}

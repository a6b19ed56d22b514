package dev.replicator.cli.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.replicator.baseline.BaselineStatus;
import dev.replicator.execute.ActionResult.FailureCause;
import dev.replicator.execute.ActionResult.SkipReason;
import dev.replicator.execute.Problem;
import dev.replicator.report.Counts;
import dev.replicator.report.DriftReport;
import dev.replicator.report.Failure;
import dev.replicator.report.GateReport;
import dev.replicator.report.Outcome;
import dev.replicator.report.RunReport;
import dev.replicator.report.Skips;
import dev.replicator.report.ValidationReport;
import dev.replicator.store.MetadataLoss;
import dev.replicator.store.RequestKind;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads reports as {@code dev.replicator.report.ReportJson} writes them, of this version and of others: fields that are
 * missing are 0, empty or absent, words that are unknown are the worst of their kind. Stateless and thread-safe.
 */
public final class ReportReader {
    private ReportReader() {}

    /** Of a sync, a plan or an apply. */
    public static RunReport run(JsonNode json) {
        List<Failure> failures = new ArrayList<>();
        json.path("failures")
                .forEach(failure -> failures.add(new Failure(
                        text(failure, "key"),
                        constant(FailureCause.class, text(failure, "cause"), FailureCause.INTERNAL),
                        text(failure, "message"))));
        List<String> warnings = new ArrayList<>();
        json.path("warnings").forEach(warning -> warnings.add(warning.asText()));
        JsonNode gate = json.path("gate");
        return new RunReport(
                text(json, "runId"),
                Optional.of(text(json, "job")).filter(name -> !name.isEmpty()),
                text(json, "source"),
                text(json, "destination"),
                time(json, "startedAt"),
                Duration.ofMillis(number(json, "durationMillis")),
                constant(Outcome.class, text(json, "outcome"), Outcome.FAILED),
                counts(json),
                requests(json),
                new GateReport(
                        constant(GateReport.Verdict.class, text(gate, "verdict"), GateReport.Verdict.NOT_ASKED),
                        text(gate, "reason"),
                        number(gate, "planned"),
                        number(gate, "limit")),
                failures,
                json.path("failuresTruncated").asBoolean(),
                skips(json),
                warnings,
                problem(json),
                fidelity(json.path("fidelity")),
                EstimateReader.estimate(json.path("estimate")));
    }

    private static List<Skips> skips(JsonNode json) {
        List<Skips> skips = new ArrayList<>();
        for (JsonNode each : json.path("skips")) {
            List<String> examples = new ArrayList<>();
            each.path("examples").forEach(key -> examples.add(key.asText()));
            SkipReason reason = constant(SkipReason.class, text(each, "cause"), SkipReason.UNREADABLE);
            skips.add(new Skips(reason, number(each, "count"), examples));
        }
        return skips;
    }

    private static Counts counts(JsonNode json) {
        return new Counts(
                number(json, "copied"),
                number(json, "overwritten"),
                number(json, "deleted"),
                number(json, "metadataUpdated"),
                number(json, "unchanged"),
                number(json, "skipped"),
                number(json, "stale"),
                number(json, "failed"),
                number(json, "notRun"),
                number(json, "unguarded"),
                number(json, "bytes"),
                number(json, "drifted"),
                number(json, "metadataUnasked"));
    }

    /** Of a validation. */
    public static ValidationReport validation(JsonNode json) {
        JsonNode evidence = json.path("evidence");
        JsonNode contents = json.path("contents");
        return new ValidationReport(
                json.path("valid").asBoolean(),
                text(json, "source"),
                text(json, "destination"),
                number(json, "matched"),
                number(json, "missing"),
                number(json, "mismatched"),
                number(json, "extra"),
                number(json, "unreadable"),
                number(json, "skipped"),
                number(json, "notCompared"),
                number(evidence, "fingerprint"),
                number(evidence, "note"),
                number(evidence, "sizeAndModified"),
                number(evidence, "bytes"),
                new ValidationReport.Contents(
                        contents.path("percent").asDouble(),
                        number(contents, "asked"),
                        number(contents, "read"),
                        number(contents, "bytes")),
                Duration.ofMillis(number(json, "durationMillis")),
                requests(json),
                problem(json));
    }

    /** Of a look at drift. */
    public static DriftReport drift(JsonNode json) {
        return new DriftReport(
                baseline(json),
                text(json, "source"),
                text(json, "destination"),
                number(json, "compared"),
                number(json, "edited"),
                number(json, "metadata"),
                number(json, "deleted"),
                number(json, "added"),
                Duration.ofMillis(number(json, "durationMillis")),
                requests(json),
                problem(json));
    }

    private static BaselineStatus baseline(JsonNode json) {
        if (json.path("baseline").asBoolean()) {
            return new BaselineStatus.Usable(text(json, "baselineRun"), time(json, "baselineAt"), 0);
        }
        return json.path("baselineProblem").isTextual()
                ? new BaselineStatus.Unusable(text(json, "baselineProblem"))
                : new BaselineStatus.NoneYet();
    }

    private static Map<RequestKind, Long> requests(JsonNode json) {
        Map<RequestKind, Long> requests = new EnumMap<>(RequestKind.class);
        for (RequestKind kind : RequestKind.values()) {
            requests.put(kind, number(json.path("requests"), kind.word()));
        }
        return requests;
    }

    private static Map<MetadataLoss.Kind, Long> fidelity(JsonNode json) {
        Map<MetadataLoss.Kind, Long> losses = new EnumMap<>(MetadataLoss.Kind.class);
        for (MetadataLoss.Kind kind : MetadataLoss.Kind.values()) {
            long count = number(json, kind.word());
            if (count > 0) {
                losses.put(kind, count);
            }
        }
        return losses;
    }

    private static Optional<Problem> problem(JsonNode json) {
        JsonNode problem = json.path("problem");
        return problem.isObject()
                ? Optional.of(new Problem(
                        constant(Problem.Kind.class, text(problem, "kind"), Problem.Kind.FAILED),
                        text(problem, "message")))
                : Optional.empty();
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String word, E otherwise) {
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(word)) {
                return constant;
            }
        }
        return otherwise;
    }

    private static long number(JsonNode json, String field) {
        return json.path(field).asLong();
    }

    private static String text(JsonNode json, String field) {
        return json.path(field).asText("");
    }

    private static Instant time(JsonNode json, String field) {
        try {
            return Instant.parse(text(json, field));
        } catch (DateTimeException e) {
            return Instant.EPOCH;
        }
    }
}

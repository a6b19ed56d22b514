package dev.replicator.server.notify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.replicator.execute.ActionResult.SkipReason;
import dev.replicator.server.run.RunRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a run's report says, for people. Immutable.
 *
 * @param counts by the contract's words, in its order; those that are nothing are left out
 * @param causes of failures, those that were met first, then of skips that leave the destination incomplete
 * @param moreFailures whether there were more than the report lists
 */
record RunFacts(Map<String, Long> counts, long bytes, List<Cause> causes, boolean moreFailures) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> COUNTED = List.of(
            "copied",
            "overwritten",
            "deleted",
            "metadataUpdated",
            "unchanged",
            "skipped",
            "stale",
            "failed",
            "matched",
            "missing",
            "mismatched",
            "extra",
            "unreadable",
            "notCompared",
            "edited",
            "metadata",
            "added");
    private static final List<String> FINDINGS =
            List.of("missing", "mismatched", "extra", "unreadable", "edited", "metadata", "deleted", "added");
    private static final int CAUSES = 5;
    private static final int EXAMPLES = 3;

    /**
     * Failures or skips of one kind.
     *
     * @param count of failures, among those that the report lists; of skips, all
     * @param objects the first ones
     */
    record Cause(String cause, long count, List<String> objects) {
        Cause and(String object) {
            List<String> more = new ArrayList<>(objects);
            if (more.size() < EXAMPLES) {
                more.add(object);
            }
            return new Cause(cause, count + 1, List.copyOf(more));
        }
    }

    static RunFacts of(RunRecord run) {
        JsonNode report = run.report().map(RunFacts::read).orElse(MissingNode.getInstance());
        Map<String, Long> counts = new LinkedHashMap<>();
        for (String word : COUNTED) {
            if (report.path(word).asLong() > 0) {
                counts.put(word, report.path(word).asLong());
            }
        }
        Map<String, Cause> causes = new LinkedHashMap<>();
        for (JsonNode failure : report.path("failures")) {
            String cause = failure.path("cause").asText();
            if (causes.size() < CAUSES || causes.containsKey(cause)) {
                causes.merge(
                        cause,
                        new Cause(cause, 1, List.of(failure.path("key").asText())),
                        (before, one) -> before.and(one.objects().get(0)));
            }
        }
        for (JsonNode skips : report.path("skips")) {
            String reason = skips.path("cause").asText();
            if (causes.size() < CAUSES && leavesIncomplete(reason)) {
                causes.putIfAbsent(reason, new Cause(reason, skips.path("count").asLong(), examples(skips)));
            }
        }
        return new RunFacts(
                counts,
                report.path("bytes").asLong(),
                List.copyOf(causes.values()),
                report.path("failuresTruncated").asBoolean());
    }

    private static boolean leavesIncomplete(String reason) {
        return Arrays.stream(SkipReason.values())
                .filter(known -> known.name().equals(reason))
                .allMatch(SkipReason::leavesIncomplete);
    }

    private static List<String> examples(JsonNode skips) {
        List<String> examples = new ArrayList<>();
        for (JsonNode key : skips.path("examples")) {
            if (examples.size() < EXAMPLES) {
                examples.add(key.asText());
            }
        }
        return List.copyOf(examples);
    }

    /** What a comparison found, so that two that found the same are told from two that did not. */
    String found() {
        StringBuilder found = new StringBuilder();
        FINDINGS.stream()
                .filter(counts::containsKey)
                .forEach(word ->
                        found.append(word).append('=').append(counts.get(word)).append(' '));
        return found.toString().trim();
    }

    private static JsonNode read(String report) {
        try {
            return JSON.readTree(report);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }
}

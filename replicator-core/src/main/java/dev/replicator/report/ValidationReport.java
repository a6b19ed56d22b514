package dev.replicator.report;

import dev.replicator.execute.Problem;
import dev.replicator.store.RequestKind;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What a validation found. {@code valid} means nothing missing, mismatched or unreadable (extra objects are not
 * invalid unless asked) and both listings complete.
 *
 * @param byFingerprint matched objects proven by comparable digests
 * @param bySizeAndModified matched objects where only size and time speak
 * @param byBytes matched objects whose bytes were read
 */
public record ValidationReport(
        boolean valid,
        String source,
        String destination,
        long matched,
        long missing,
        long mismatched,
        long extra,
        long unreadable,
        long skipped,
        long byFingerprint,
        long bySizeAndModified,
        long byBytes,
        Duration duration,
        Map<RequestKind, Long> requests,
        Optional<Problem> problem) {
    public ValidationReport {
        requests = Map.copyOf(requests);
    }
}

package dev.replicator.report;

import dev.replicator.execute.Problem;
import dev.replicator.store.RequestKind;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What a validation found. {@code valid} means nothing missing, mismatched, unreadable or left uncompared (extra objects
 * are not invalid unless asked) and both listings complete.
 *
 * @param skipped objects that are no part of the comparison
 * @param notCompared how many of these nobody knows to be equal: archived, or of a name that can't be a key; not those that
 *     no sync would carry, such as symbolic links of the source
 * @param byFingerprint matched objects proven by comparable digests, or known by a note
 * @param byNote how many of these are known by the source version that was noted with the copy, and by no digest
 * @param bySizeAndModified matched objects where only size and time speak
 * @param byBytes matched objects whose bytes were read
 * @param contents what was read
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
        long notCompared,
        long byFingerprint,
        long byNote,
        long bySizeAndModified,
        long byBytes,
        Contents contents,
        Duration duration,
        Map<RequestKind, Long> requests,
        Optional<Problem> problem) {
    public ValidationReport {
        requests = Map.copyOf(requests);
    }

    /** Whether something is known to differ, or could not be read; what was never compared is neither. */
    public boolean differs() {
        return missing + mismatched + unreadable > 0;
    }

    /**
     * Contents that were asked for, of pairs that no digests of the listings prove equal.
     *
     * @param percent of such pairs that were asked; 0 where contents were not
     * @param asked pairs that the sample took, whatever came of them
     * @param read of these, pairs that had to be read; the others were told by digests that a request answers
     * @param bytes read, of both sides
     */
    public record Contents(double percent, long asked, long read, long bytes) {
        public static final Contents NONE = new Contents(0, 0, 0, 0);
    }
}

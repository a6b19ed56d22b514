package dev.replicator.diff;

import dev.replicator.diff.Comparison.Verdict;
import dev.replicator.job.CompareMode;
import dev.replicator.store.Page;
import java.time.Instant;

/** The comparison of listing fields for each mode. */
final class Comparisons {
    private Comparisons() {}

    static Comparison of(CompareMode mode, Clocks clocks, Instant now) {
        return switch (mode) {
            case SIZE_AND_MODIFIED -> new SizeAndModified(clocks, now);
            case SIZE_ONLY ->
                (source, i, destination, j) -> source.size(i) == destination.size(j) ? Verdict.SAME : Verdict.SIZE;
            case ETAG -> new ByETag(new SizeAndModified(clocks, now));
            case CHECKSUM -> (source, i, destination, j) -> byDigest(source, i, destination, j, Verdict.DOUBT);
        };
    }

    /**
     * As {@code comparison}, but what only times call equal or newer is said to be the same content when the listings'
     * digests agree, and doubted when they differ: a validation looks for what times hide.
     */
    static Comparison strict(Comparison comparison) {
        return (source, i, destination, j) -> {
            Verdict verdict = comparison.compare(source, i, destination, j);
            if (verdict != Verdict.SAME && verdict != Verdict.NEWER) {
                return verdict;
            }
            if (source.sameVersionDigest(i, destination, j)) {
                return Verdict.SAME_CONTENT;
            }
            return verdict == Verdict.SAME && source.hasVersionDigests() && destination.hasVersionDigests()
                    ? Verdict.DOUBT
                    : verdict;
        };
    }

    private static Verdict byDigest(Page source, int i, Page destination, int j, Verdict otherwise) {
        if (source.size(i) != destination.size(j)) {
            return Verdict.SIZE;
        }
        return source.sameVersionDigest(i, destination, j) ? Verdict.SAME_CONTENT : otherwise;
    }
}

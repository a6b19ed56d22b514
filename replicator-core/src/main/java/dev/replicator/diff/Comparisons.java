package dev.replicator.diff;

import dev.replicator.diff.Comparison.Verdict;
import dev.replicator.job.CompareMode;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.Page;
import java.time.Instant;
import java.util.Optional;

/**
 * The comparison of listing fields that a mode asks for. Made late: only once both stores have answered, their clocks are
 * known. Used by one thread.
 */
final class Comparisons {
    private final CompareMode mode;
    private final ObjectStore source;
    private final ObjectStore destination;
    private final Instant now;
    private final Scrutiny scrutiny;
    private Optional<Clocks> clocks = Optional.empty();
    private Optional<Comparison> comparison = Optional.empty();

    Comparisons(CompareMode mode, ObjectStore source, ObjectStore destination, Instant now, Scrutiny scrutiny) {
        this.mode = mode;
        this.source = source;
        this.destination = destination;
        this.now = now;
        this.scrutiny = scrutiny;
    }

    Comparison get() {
        Comparison made = comparison.orElseGet(() -> {
            Comparison plain = of(mode, clocks(), now);
            return scrutiny.isStrict() ? questioned(plain, scrutiny) : plain;
        });
        comparison = Optional.of(made);
        return made;
    }

    Clocks clocks() {
        Clocks made = clocks.orElseGet(() -> Clocks.of(source, destination));
        clocks = Optional.of(made);
        return made;
    }

    static Comparison of(CompareMode mode, Clocks clocks, Instant now) {
        return switch (mode) {
            case SIZE_AND_MODIFIED -> new SizeAndModified(clocks, now);
            case SIZE_ONLY ->
                (source, i, destination, j) -> source.size(i) == destination.size(j) ? Verdict.SAME : Verdict.SIZE;
            case ETAG -> new ByETag(new SizeAndModified(clocks, now));
            case CHECKSUM ->
                (source, i, destination, j) -> byDigest(source, i, destination, j, Verdict.DOUBT, Verdict.CONTENT);
        };
    }

    /**
     * As {@code comparison}, but what only times call equal is questioned: it is the same content when the listings'
     * digests agree, different when they must agree and do not, and doubted where digests may tell more or the sample
     * takes it.
     */
    static Comparison questioned(Comparison comparison, Scrutiny scrutiny) {
        return (source, i, destination, j) -> {
            Verdict verdict = comparison.compare(source, i, destination, j);
            if (verdict != Verdict.SAME && verdict != Verdict.NEWER) {
                return verdict;
            }
            return switch (source.compareDigests(i, destination, j)) {
                case EQUAL -> Verdict.SAME_CONTENT;
                case DIFFERENT -> Verdict.CONTENT;
                case UNKNOWN ->
                    scrutiny.reads(source, i)
                                    || verdict == Verdict.SAME && source.hasDigests() && destination.hasDigests()
                            ? Verdict.DOUBT
                            : verdict;
            };
        };
    }

    private static Verdict byDigest(Page source, int i, Page destination, int j, Verdict unknown, Verdict different) {
        if (source.size(i) != destination.size(j)) {
            return Verdict.SIZE;
        }
        return switch (source.compareDigests(i, destination, j)) {
            case EQUAL -> Verdict.SAME_CONTENT;
            case DIFFERENT -> different;
            case UNKNOWN -> unknown;
        };
    }
}

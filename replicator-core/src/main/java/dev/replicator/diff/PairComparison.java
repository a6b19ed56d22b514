package dev.replicator.diff;

import dev.replicator.baseline.BaselineEntry;
import dev.replicator.diff.BaselineComparison.Judgement;
import dev.replicator.diff.Comparison.Verdict;
import dev.replicator.store.EntryNote;
import dev.replicator.store.Fingerprint;
import java.util.Optional;

/**
 * Says of the pair that two cursors stand on what the listings and the last run's baseline tell of it. What is equal is
 * counted, unless asked for. Used by one thread.
 */
final class PairComparison {
    private final EntryCursor source;
    private final EntryCursor destination;
    private final BaselineComparison baseline;
    private final Comparisons comparisons;
    private final Differ.Detail detail;
    private final Scrutiny scrutiny;
    private long same;
    private long sameContent;

    PairComparison(
            EntryCursor source,
            EntryCursor destination,
            BaselineComparison baseline,
            Comparisons comparisons,
            Differ.Detail detail,
            Scrutiny scrutiny) {
        this.source = source;
        this.destination = destination;
        this.baseline = baseline;
        this.comparisons = comparisons;
        this.detail = detail;
        this.scrutiny = scrutiny;
    }

    /** What the listings say of the pair; empty when it is equal and only counted. */
    Optional<Change> compared(Optional<BaselineEntry> entry) {
        if (source.note() != EntryNote.NONE) {
            return Optional.of(new Change.Unusable(source.meta(), Change.Side.SOURCE));
        }
        if (destination.note() != EntryNote.NONE && destination.note() != EntryNote.ARCHIVED) {
            return Optional.of(new Change.Unusable(destination.meta(), Change.Side.DESTINATION));
        }
        Judgement judgement = baseline.judge(entry, source, destination);
        if (judgement == Judgement.UNCHANGED) {
            return unchanged(entry.orElseThrow());
        }
        Verdict byTimes = verdict();
        Verdict verdict = withNote(byTimes, judgement);
        if (verdict != byTimes && verdict != Verdict.SAME_CONTENT && baseline.lacks(entry)) {
            return Optional.of(new Change.Unexplained(destination.meta(), outcome(verdict)));
        }
        if (judgement == Judgement.NONE || verdict == Verdict.SAME_CONTENT || haveEqualDigests()) {
            return told(judgement == Judgement.NONE ? verdict : Verdict.SAME_CONTENT, entry);
        }
        boolean open = verdict == Verdict.SAME || isDoubt(verdict);
        if (judgement == Judgement.SOURCE_CHANGED) {
            return open ? Optional.of(retouched(changed(Reason.SOURCE_CHANGED), entry)) : told(verdict, entry);
        }
        if (judgement == Judgement.EDITED_OR_OURS && open) {
            return baseline.hasSourcesTime(source, destination)
                    ? told(Verdict.SAME, entry)
                    : Optional.of(new Change.PerhapsDrifted(doubt(verdict), outcome(verdict)));
        }
        return Optional.of(edited(verdict));
    }

    /** As the entry says, but for the metadata perhaps. */
    private Optional<Change> unchanged(BaselineEntry entry) {
        if (isRetouched(Optional.of(entry))) {
            return equalContent(Evidence.BASELINE, Optional.of(entry));
        }
        baseline.unchanged(entry, source, destination);
        return same(Evidence.BASELINE);
    }

    /** What the listings say of content alone, whoever wrote it; in doubt where times say that it is equal. */
    Change compared() {
        Verdict verdict = verdict();
        return verdict == Verdict.SAME ? doubt(verdict) : outcome(verdict);
    }

    private Verdict verdict() {
        return comparisons.get().compare(source.page(), source.entry(), destination.page(), destination.entry());
    }

    /**
     * What only times call equal is not, where the destination was made from another version of the source: that was
     * replaced while it was copied. Left to times where others edited it since: they may have restored what was there.
     */
    private Verdict withNote(Verdict verdict, Judgement judgement) {
        boolean asked =
                verdict == Verdict.SAME && scrutiny.readsNotes() && baseline.decides() && judgement != Judgement.EDITED;
        return asked && baseline.isMadeFromAnother(source, destination)
                ? SizeAndModified.byDigests(source.page(), source.entry(), destination.page(), destination.entry())
                : verdict;
    }

    private boolean isDestinationLater() {
        return comparisons.clocks().mayBeLater(destination.page(), destination.entry(), source.page(), source.entry());
    }

    private boolean haveEqualDigests() {
        return source.page().compareDigests(source.entry(), destination.page(), destination.entry())
                == Fingerprint.Verdict.EQUAL;
    }

    /** The destination was edited; a doubt is settled by that, where the mode asks no more. */
    private Change edited(Verdict verdict) {
        if (isDoubt(verdict) && !baseline.decides()) {
            return new Change.PerhapsDrifted(doubt(verdict), doubt(verdict));
        }
        Change otherwise = isDoubt(verdict) ? changed(Reason.DRIFT) : outcome(verdict);
        return new Change.Drifted(Drift.EDITED, destination.meta(), otherwise);
    }

    /** What the comparison says, told or counted, and noted for the next run. */
    private Optional<Change> told(Verdict verdict, Optional<BaselineEntry> entry) {
        if (verdict == Verdict.SAME || verdict == Verdict.SAME_CONTENT) {
            return equalContent(verdict == Verdict.SAME ? Evidence.SIZE_AND_MODIFIED : Evidence.FINGERPRINT, entry);
        }
        if (baseline.lacks(entry) && !isDoubt(verdict) && isDestinationLater()) {
            return Optional.of(new Change.Unexplained(destination.meta(), outcome(verdict)));
        }
        baseline.contradicted(entry, source, destination);
        return Optional.of(retouched(outcome(verdict), entry));
    }

    /** Noted for the next run only if the metadata is as it was: whoever asks for it notes what he finds. */
    private Optional<Change> equalContent(Evidence evidence, Optional<BaselineEntry> entry) {
        if (isRetouched(entry)) {
            return Optional.of(retouched(new Change.Same(source.meta(), destination.meta(), evidence), entry));
        }
        baseline.equal(entry, source, destination);
        return same(evidence);
    }

    private boolean isRetouched(Optional<BaselineEntry> entry) {
        return BaselineComparison.isSourceRetouched(entry, source)
                || BaselineComparison.isDestinationRetouched(entry, destination);
    }

    /** The change, with what the states of metadata say beside it. */
    private Change retouched(Change content, Optional<BaselineEntry> entry) {
        return isRetouched(entry)
                ? new Change.Retouched(
                        content,
                        destination.meta(),
                        BaselineComparison.isSourceRetouched(entry, source),
                        BaselineComparison.isDestinationRetouched(entry, destination))
                : content;
    }

    private Change outcome(Verdict verdict) {
        return switch (verdict) {
            case SAME_CONTENT -> new Change.Same(source.meta(), destination.meta(), Evidence.FINGERPRINT);
            case SAME -> new Change.Same(source.meta(), destination.meta(), Evidence.SIZE_AND_MODIFIED);
            case DOUBT, DOUBTFUL_ETAGS -> doubt(verdict);
            case SIZE -> changed(Reason.SIZE);
            case NEWER -> changed(Reason.NEWER);
            case CONTENT -> changed(Reason.CHECKSUM);
            case ETAG -> changed(Reason.ETAG);
        };
    }

    private static boolean isDoubt(Verdict verdict) {
        return verdict == Verdict.DOUBT || verdict == Verdict.DOUBTFUL_ETAGS;
    }

    private Change.Doubtful doubt(Verdict verdict) {
        return new Change.Doubtful(
                source.meta(),
                destination.meta(),
                verdict == Verdict.DOUBTFUL_ETAGS ? Change.Question.ETAGS : Change.Question.CONTENT);
    }

    private Change changed(Reason reason) {
        return new Change.Modified(source.meta(), destination.meta(), reason);
    }

    private Optional<Change> same(Evidence evidence) {
        if (detail == Differ.Detail.EVERYTHING) {
            return Optional.of(new Change.Same(source.meta(), destination.meta(), evidence));
        }
        if (evidence == Evidence.FINGERPRINT) {
            sameContent++;
        } else {
            same++;
        }
        return Optional.empty();
    }

    long countedByFingerprint() {
        return sameContent;
    }

    long countedBySizeAndModified() {
        return same;
    }
}

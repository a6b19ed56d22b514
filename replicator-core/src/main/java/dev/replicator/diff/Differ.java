package dev.replicator.diff;

import dev.replicator.baseline.BaselineEntry;
import dev.replicator.baseline.PairBaseline;
import dev.replicator.diff.BaselineComparison.Judgement;
import dev.replicator.diff.Comparison.Verdict;
import dev.replicator.job.CompareMode;
import dev.replicator.job.KeyFilter;
import dev.replicator.store.EntryNote;
import dev.replicator.store.Fingerprint;
import dev.replicator.store.KeyPrefix;
import dev.replicator.store.ListRequest;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.BooleanSupplier;
import java.util.function.ObjLongConsumer;

/**
 * Merges the two sorted listings of one key range into changes, in key order, with two pages per side in memory. What
 * is equal is only counted, unless asked for. Used by one thread.
 *
 * <p>A listing that fails or can't be trusted throws its {@link dev.replicator.store.StoreException} from {@link
 * #hasNext}: the changes before it stand, nothing is said of the keys behind.
 */
public final class Differ implements Iterator<Change>, AutoCloseable {
    private final ObjectStore sourceStore;
    private final ObjectStore destinationStore;
    private final CompareMode mode;
    private final Instant now;
    private final Detail detail;
    private final Scrutiny scrutiny;
    private final BaselineComparison baseline;
    private final EntryCursor source;
    private final EntryCursor destination;
    private Optional<Comparison> comparison = Optional.empty();
    private Optional<Change> next = Optional.empty();
    private boolean sourceLeft;
    private boolean destinationLeft;
    private final List<KeyPrefix> skippedLinks = new ArrayList<>();
    private boolean started;
    private long same;
    private long sameContent;

    /** How much is told of what is equal. */
    public enum Detail {
        /** Counted only. */
        DIFFERENCES,
        /** Told as {@link Change.Same} too. */
        EVERYTHING
    }

    /**
     * @param sourceKeys what to list of the source
     * @param destinationKeys the same keys, of the destination
     * @param baseline the last run's, and where equal pairs are noted
     * @param listed told how many more keys each side has listed
     * @param pool runs the look-ahead of both listings; two threads at least
     * @param stopped asked while a page does not come; then {@link #hasNext} throws {@link
     *     java.util.concurrent.CancellationException}
     */
    public Differ(
            ObjectStore sourceStore,
            ObjectStore destinationStore,
            ListRequest sourceKeys,
            ListRequest destinationKeys,
            KeyFilter filter,
            CompareMode mode,
            Instant now,
            Detail detail,
            Scrutiny scrutiny,
            PairBaseline baseline,
            ObjLongConsumer<Change.Side> listed,
            ExecutorService pool,
            BooleanSupplier stopped) {
        this.sourceStore = sourceStore;
        this.destinationStore = destinationStore;
        this.mode = mode;
        this.now = now;
        this.detail = detail;
        this.scrutiny = scrutiny;
        this.baseline = new BaselineComparison(baseline, filter, mode, sourceStore, destinationStore);
        source = new EntryCursor(
                new PrefetchedListing(() -> sourceStore.list(sourceKeys), pool, stopped),
                filter,
                "source",
                keys -> listed.accept(Change.Side.SOURCE, keys));
        destination = new EntryCursor(
                new PrefetchedListing(() -> destinationStore.list(destinationKeys), pool, stopped),
                filter,
                "destination",
                keys -> listed.accept(Change.Side.DESTINATION, keys));
    }

    @Override
    public boolean hasNext() {
        if (!started) {
            started = true;
            sourceLeft = source.advance();
            destinationLeft = destination.advance();
        }
        while (next.isEmpty() && (sourceLeft || destinationLeft)) {
            next = step();
        }
        if (next.isEmpty()) {
            baseline.end();
        }
        return next.isPresent();
    }

    @Override
    public Change next() {
        if (!hasNext()) {
            throw new NoSuchElementException("no more changes");
        }
        Change change = next.orElseThrow();
        next = Optional.empty();
        return change;
    }

    private Optional<Change> step() {
        int order = !sourceLeft ? 1 : !destinationLeft ? -1 : source.compareKey(destination);
        Optional<BaselineEntry> entry = baseline.entryOf(order <= 0 ? source : destination);
        Optional<Change> change = order < 0 ? onlyInSource(entry) : order > 0 ? onlyInDestination(entry) : both(entry);
        if (order <= 0) {
            sourceLeft = source.advance();
        }
        if (order >= 0) {
            destinationLeft = destination.advance();
        }
        return change;
    }

    private Optional<Change> onlyInSource(Optional<BaselineEntry> entry) {
        rememberLink();
        if (note(source) != EntryNote.NONE) {
            return Optional.of(new Change.Unusable(source.meta(), Change.Side.SOURCE));
        }
        Change added = new Change.Added(source.meta());
        return Optional.of(entry.isPresent() ? new Change.Drifted(Drift.DELETED, source.meta(), added) : added);
    }

    private Optional<Change> onlyInDestination(Optional<BaselineEntry> entry) {
        boolean plain = note(destination) == EntryNote.NONE || note(destination) == EntryNote.ARCHIVED;
        if (!plain || isUnderSkippedLink(destination.key())) {
            return Optional.empty();
        }
        Change removed = new Change.Removed(destination.meta());
        if (entry.isEmpty() && baseline.knows()) {
            return Optional.of(new Change.Drifted(Drift.ADDED, destination.meta(), removed));
        }
        if (entry.isEmpty()) {
            return Optional.of(baseline.lacks(entry) ? new Change.Unexplained(destination.meta(), removed) : removed);
        }
        if (!baseline.isLeft(entry.get(), destination)) {
            return Optional.of(new Change.Drifted(Drift.EDITED, destination.meta(), removed));
        }
        return Optional.of(
                BaselineComparison.isDestinationRetouched(entry, destination)
                        ? new Change.Drifted(Drift.METADATA, destination.meta(), removed)
                        : removed);
    }

    private Optional<Change> both(Optional<BaselineEntry> entry) {
        rememberLink();
        if (note(source) != EntryNote.NONE) {
            return Optional.of(new Change.Unusable(source.meta(), Change.Side.SOURCE));
        }
        if (note(destination) != EntryNote.NONE && note(destination) != EntryNote.ARCHIVED) {
            return Optional.of(new Change.Unusable(destination.meta(), Change.Side.DESTINATION));
        }
        Judgement judgement = baseline.judge(entry, source, destination);
        if (judgement == Judgement.UNCHANGED) {
            return unchanged(entry.orElseThrow());
        }
        Verdict verdict = comparison().compare(source.page(), source.entry(), destination.page(), destination.entry());
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
        if (baseline.lacks(entry) && !isDoubt(verdict) && BaselineComparison.isDestinationNewer(source, destination)) {
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

    /** Made late: only now both stores have answered, so their clocks are known. */
    private Comparison comparison() {
        if (comparison.isEmpty()) {
            Comparison plain = Comparisons.of(mode, Clocks.of(sourceStore, destinationStore), now);
            comparison = Optional.of(scrutiny.isStrict() ? Comparisons.questioned(plain, scrutiny) : plain);
        }
        return comparison.get();
    }

    private Optional<Change> same(Evidence evidence) {
        if (detail == Detail.EVERYTHING) {
            return Optional.of(new Change.Same(source.meta(), destination.meta(), evidence));
        }
        if (evidence == Evidence.FINGERPRINT) {
            sameContent++;
        } else {
            same++;
        }
        return Optional.empty();
    }

    /** What a skipped link leads to is not known to be missing: keys below it are left alone. */
    private void rememberLink() {
        if (note(source) == EntryNote.SYMLINK) {
            skippedLinks.add(KeyPrefix.ofFolder(source.key().text()));
        }
    }

    private boolean isUnderSkippedLink(ObjectKey key) {
        skippedLinks.removeIf(link -> ObjectKey.of(link.text()).compareTo(key) < 0 && !key.startsWith(link));
        return skippedLinks.stream().anyMatch(key::startsWith);
    }

    private static EntryNote note(EntryCursor cursor) {
        return cursor.page().note(cursor.entry());
    }

    /** Pairs found equal and not told, by listing digests. */
    public long countedByFingerprint() {
        return sameContent;
    }

    /** Pairs found equal and not told, by size and time or by the baseline. */
    public long countedBySizeAndModified() {
        return same;
    }

    /** Source objects in scope seen so far. */
    public long sourceObjects() {
        return source.inScope();
    }

    /** Destination objects in scope seen so far. */
    public long destinationObjects() {
        return destination.inScope();
    }

    /** After the end: whether both listings showed every key, so that absence may be concluded. */
    public boolean complete() {
        return source.complete() && destination.complete();
    }

    /** Bytes of the destination's objects in scope seen so far. */
    public long destinationBytes() {
        return destination.bytes();
    }

    /** Bytes of the source's objects in scope seen so far. */
    public long sourceBytes() {
        return source.bytes();
    }

    @Override
    public void close() {
        try (source) {
            destination.close();
        }
    }
}

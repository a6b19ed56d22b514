package dev.replicator.diff;

import dev.replicator.baseline.BaselineEntry;
import dev.replicator.baseline.PairBaseline;
import dev.replicator.job.CompareMode;
import dev.replicator.job.KeyFilter;
import dev.replicator.store.EntryNote;
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
    private final BaselineComparison baseline;
    private final PairComparison pairs;
    private final EntryCursor source;
    private final EntryCursor destination;
    private Optional<Change> next = Optional.empty();
    private boolean sourceLeft;
    private boolean destinationLeft;
    private final List<KeyPrefix> skippedLinks = new ArrayList<>();
    private boolean started;

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
        Comparisons comparisons = new Comparisons(mode, sourceStore, destinationStore, now, scrutiny);
        pairs = new PairComparison(source, destination, this.baseline, comparisons, detail, scrutiny);
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
        Optional<Change> change = order < 0 ? onlyInSource() : inDestination(order == 0);
        if (order <= 0) {
            sourceLeft = source.advance();
        }
        if (order >= 0) {
            destinationLeft = destination.advance();
        }
        return change;
    }

    private Optional<Change> onlyInSource() {
        Optional<BaselineEntry> entry = baseline.entryOfAbsent(source);
        rememberLink();
        if (source.note() != EntryNote.NONE) {
            return Optional.of(new Change.Unusable(source.meta(), Change.Side.SOURCE));
        }
        Change added = new Change.Added(source.meta());
        return Optional.of(entry.isPresent() ? new Change.Drifted(Drift.DELETED, source.meta(), added) : added);
    }

    /** What speaks of drift is left open where a stopped run of ours may have done it, and one head can tell. */
    private Optional<Change> inDestination(boolean inBoth) {
        BaselineComparison.Known known = baseline.known(destination);
        if (inBoth) {
            rememberLink();
        }
        Optional<Change> change = inBoth ? pairs.compared(known.entry()) : onlyInDestination(known.entry());
        return known.perhaps().isEmpty()
                ? change
                : change.map(found -> isOthers(found)
                        ? new Change.PerhapsOurs(
                                destination.meta(),
                                known.perhaps(),
                                inBoth ? pairs.compared() : new Change.Removed(destination.meta()),
                                found)
                        : found);
    }

    private static boolean isOthers(Change change) {
        return change instanceof Change.Drifted
                || change instanceof Change.PerhapsDrifted
                || change instanceof Change.Unexplained;
    }

    private Optional<Change> onlyInDestination(Optional<BaselineEntry> entry) {
        boolean plain = destination.note() == EntryNote.NONE || destination.note() == EntryNote.ARCHIVED;
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

    /** What a skipped link leads to is not known to be missing: keys below it are left alone. */
    private void rememberLink() {
        if (source.note() == EntryNote.SYMLINK) {
            skippedLinks.add(KeyPrefix.ofFolder(source.key().text()));
        }
    }

    private boolean isUnderSkippedLink(ObjectKey key) {
        skippedLinks.removeIf(link -> ObjectKey.of(link.text()).compareTo(key) < 0 && !key.startsWith(link));
        return skippedLinks.stream().anyMatch(key::startsWith);
    }

    /** Pairs found equal and not told, by listing digests. */
    public long countedByFingerprint() {
        return pairs.countedByFingerprint();
    }

    /** Pairs found equal and not told, by size and time or by the baseline. */
    public long countedBySizeAndModified() {
        return pairs.countedBySizeAndModified();
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

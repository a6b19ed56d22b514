package dev.replicator;

import dev.replicator.baseline.PairBaseline;
import dev.replicator.diff.Change;
import dev.replicator.diff.ContentReads;
import dev.replicator.diff.Differ;
import dev.replicator.diff.Scrutiny;
import dev.replicator.execute.Cancellation;
import dev.replicator.execute.DeleteGate;
import dev.replicator.execute.Failures;
import dev.replicator.execute.PairStores;
import dev.replicator.execute.Problem;
import dev.replicator.execute.Workers;
import dev.replicator.job.ReplicationJob;
import dev.replicator.report.RunListener;
import dev.replicator.store.ListRequest;
import dev.replicator.store.StoreException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.function.IntFunction;
import java.util.function.ObjIntConsumer;

/**
 * Compares all prefix pairs of a job, one after the other, and hands the changes over in key order. A listing that fails
 * ends the scan: what was found before it stands, nothing is concluded about the rest. One scan per run; used by one
 * thread.
 */
final class Scan {
    private static final int SETTLERS = 8;

    private final ReplicationJob job;
    private final JobStores stores;
    private final ListRequest sourceKeys;
    private final ListRequest destinationKeys;
    private final Differ.Detail detail;
    private final Scrutiny scrutiny;
    private final Doubts doubts;
    private final boolean comparesMetadata;
    private final IntFunction<PairBaseline> baselines;
    private final Instant now;
    private final RunListener listener;
    private final Runnable meanwhile;
    private final Cancellation cancellation;
    private final ContentReads reads = new ContentReads();
    private Optional<Problem> problem = Optional.empty();
    private boolean proven = true;
    private String emptySource = "";
    private final List<String> emptySources = new ArrayList<>();
    private long destinationObjects;
    private long sameByFingerprint;
    private long sameBySizeAndModified;
    private long removed;

    /** What becomes of pairs that times and digests of listings can't tell apart. */
    enum Doubts {
        /** Settled by asking. */
        ASKED,
        /** Handed over as they are, unless drift hangs on them. */
        LEFT
    }

    /**
     * @param sourceKeys everything, with metadata where what is found is copied with them
     * @param baselines the last run's baseline of each prefix pair
     * @param meanwhile done at each page of a listing, by the thread that hands changes over
     */
    Scan(
            ReplicationJob job,
            JobStores stores,
            ListRequest sourceKeys,
            Differ.Detail detail,
            Scrutiny scrutiny,
            Doubts doubts,
            IntFunction<PairBaseline> baselines,
            Instant now,
            RunListener listener,
            Runnable meanwhile,
            Cancellation cancellation) {
        this.job = job;
        this.stores = stores;
        this.scrutiny = scrutiny;
        this.doubts = doubts;
        comparesMetadata = job.metadata().compare() && doubts == Doubts.ASKED;
        this.sourceKeys = comparesMetadata ? sourceKeys.withMetadata() : sourceKeys;
        destinationKeys = comparesMetadata || scrutiny.readsNotes()
                ? ListRequest.everything().withMetadata()
                : ListRequest.everything();
        this.detail = comparesMetadata ? Differ.Detail.EVERYTHING : detail;
        this.baselines = baselines;
        this.now = now;
        this.listener = listener;
        this.meanwhile = meanwhile;
        this.cancellation = cancellation;
    }

    /** Hands over each change with the number of its pair. */
    void run(ObjIntConsumer<Change> changes) {
        if (comparesMetadata) {
            listener.warning(
                    "compares metadata: 1 HEAD per unchanged object on each side whose listing does not show it");
        }
        int settlers = comparesMetadata ? Math.max(SETTLERS, stores.concurrency()) : SETTLERS;
        ExecutorService pool = Workers.pool("replicator-compare", 4 + settlers);
        try {
            for (int pair = 0; pair < stores.pairs().size() && problem.isEmpty() && !cancellation.isStopped(); pair++) {
                scan(pair, changes, pool);
            }
        } finally {
            pool.shutdownNow();
        }
        proven &= problem.isEmpty() && !cancellation.isStopped();
    }

    private void scan(int pair, ObjIntConsumer<Change> changes, ExecutorService pool) {
        PairStores both = stores.pairs().get(pair);
        PairBaseline baseline = baselines.apply(pair);
        OpenQuestions questions = new OpenQuestions(job, both, scrutiny, doubts, comparesMetadata, baseline, reads);
        removed = 0;
        try (Differ differ = new Differ(
                both.source(),
                both.destination(),
                sourceKeys,
                destinationKeys,
                job.filter(),
                job.compare(),
                now,
                detail,
                scrutiny,
                baseline,
                this::listed,
                pool,
                cancellation::isStopped)) {
            try {
                new ChangeStream(questions, pool, cancellation::isStopped, change -> {
                            removed += change.compared() instanceof Change.Removed ? 1 : 0;
                            changes.accept(change, pair);
                        })
                        .pump(new WhileNotStopped(differ, cancellation));
                proven &= cancellation.isStopped() || differ.complete();
            } catch (StoreException e) {
                problem = Optional.of(Failures.ofListing(e));
            } catch (CancellationException e) {
                cancellation.cancel(String.valueOf(e.getMessage()));
            }
            note(pair, differ);
        }
    }

    /** What long stretches without a change must not hold up: hearing of a cancellation, and what waits for more. */
    private void listed(Change.Side side, long keys) {
        listener.listed(side, keys);
        if (cancellation.isStopped()) {
            throw new CancellationException("stopped while listing");
        }
        meanwhile.run();
    }

    private void note(int pair, Differ differ) {
        destinationObjects += differ.destinationObjects();
        sameByFingerprint += differ.countedByFingerprint();
        sameBySizeAndModified += differ.countedBySizeAndModified();
        if (differ.sourceObjects() == 0 && removed > 0 && emptySource.isEmpty()) {
            emptySource = source(pair);
        }
        if (differ.sourceObjects() == 0 && differ.complete()) {
            emptySources.add(source(pair));
        }
    }

    private String source(int pair) {
        String uri = job.source().uri().toString();
        return uri + (uri.endsWith("/") ? "" : "/") + job.paths().get(pair).from();
    }

    /** Where the source was looked for, if none of its listings showed, to their ends, a key in scope; else nothing. */
    List<String> emptySources() {
        return emptySources.size() == job.paths().size() ? List.copyOf(emptySources) : List.of();
    }

    static String nothingUnder(String place, ReplicationJob job) {
        return (job.filter().rules().isEmpty() ? "nothing" : "nothing that the filters include") + " is there under "
                + place;
    }

    /** What ended the scan early. */
    Optional<Problem> problem() {
        return problem;
    }

    /** Whether every listing was proven to its end. */
    boolean proven() {
        return proven;
    }

    long same() {
        return sameByFingerprint + sameBySizeAndModified;
    }

    long sameByFingerprint() {
        return sameByFingerprint;
    }

    long sameBySizeAndModified() {
        return sameBySizeAndModified;
    }

    /** What contents were read to settle doubts. */
    ContentReads reads() {
        return reads;
    }

    /** What the delete gate wants to know. */
    DeleteGate.Facts facts(long failures) {
        return new DeleteGate.Facts(emptySource, proven, failures + (problem.isPresent() ? 1 : 0), destinationObjects);
    }

    private record WhileNotStopped(Iterator<Change> changes, Cancellation cancellation) implements Iterator<Change> {
        @Override
        public boolean hasNext() {
            return !cancellation.isStopped() && changes.hasNext();
        }

        /** What was announced is handed over, though the run may have been stopped since. */
        @Override
        public Change next() {
            return changes.next();
        }
    }
}

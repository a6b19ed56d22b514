package dev.replicator;

import dev.replicator.baseline.PairBaseline;
import dev.replicator.diff.Change;
import dev.replicator.diff.ContentReads;
import dev.replicator.diff.DoubtSettler;
import dev.replicator.diff.MetadataComparison;
import dev.replicator.diff.OwnershipSettler;
import dev.replicator.diff.RetouchSettler;
import dev.replicator.diff.Scrutiny;
import dev.replicator.execute.PairStores;
import dev.replicator.job.DriftPolicy;
import dev.replicator.job.ReplicationJob;
import java.util.Optional;
import java.util.concurrent.Callable;

/** What must be asked of one prefix pair's changes that listings leave open. Thread-safe. */
final class OpenQuestions implements ChangeStream.Questions {
    private final ReplicationJob job;
    private final Scan.Doubts doubts;
    private final boolean comparesMetadata;
    private final PairBaseline baseline;
    private final DoubtSettler contents;
    private final OwnershipSettler owners;
    private final MetadataComparison metadata;
    private final RetouchSettler retouches;

    /**
     * @param comparesMetadata whether what is of equal content is asked for its metadata
     * @param reads where it is counted what contents were read
     */
    OpenQuestions(
            ReplicationJob job,
            PairStores stores,
            Scrutiny scrutiny,
            Scan.Doubts doubts,
            boolean comparesMetadata,
            PairBaseline baseline,
            ContentReads reads) {
        this.job = job;
        this.doubts = doubts;
        this.comparesMetadata = comparesMetadata;
        this.baseline = baseline;
        contents = new DoubtSettler(stores.source(), stores.destination(), job.compare(), scrutiny, reads);
        owners = new OwnershipSettler(stores.destination(), baseline);
        metadata = new MetadataComparison(stores.source(), stores.destination(), job.metadata());
        retouches = new RetouchSettler(contents, metadata, baseline, this::isAsked, doubts == Scan.Doubts.ASKED);
    }

    /**
     * Whether a pair whose metadata was changed is worth two heads: a change of the source goes along; one of the
     * destination matters where the job compares metadata, undoes drift, or keeps it: only what copies manage is worth
     * keeping. Looking for drift alone, otherwise only where both were changed: a stopped run may have done that.
     */
    private boolean isAsked(Change.Retouched change) {
        boolean follows = change.bySource() && job.metadata().copy();
        boolean keeps = change.byOthers() && job.onDrift() == DriftPolicy.KEEP;
        return doubts == Scan.Doubts.LEFT
                ? keeps || follows && change.byOthers()
                : keeps || follows || comparesMetadata || job.onDrift() == DriftPolicy.OVERWRITE;
    }

    @Override
    public Optional<Callable<Change>> of(Change change) {
        if (change instanceof Change.PerhapsOurs open) {
            return Optional.of(() -> answered(owners.settle(open)));
        }
        if (change instanceof Change.Doubtful doubt && doubts == Scan.Doubts.ASKED) {
            return Optional.of(() -> withMetadata(noted(contents.settle(doubt))));
        }
        if (change instanceof Change.Unexplained open
                && open.otherwise() instanceof Change.Doubtful doubt
                && doubts == Scan.Doubts.ASKED) {
            return Optional.of(() -> withMetadata(noted(open.settled(contents.settle(doubt)))));
        }
        if (change instanceof Change.PerhapsDrifted open) {
            return Optional.of(() -> withMetadata(noted(open.settled(contents.settle(open.doubt())))));
        }
        if (change instanceof Change.Retouched retouched) {
            return Optional.of(() -> retouches.settle(retouched));
        }
        return change instanceof Change.Same same && comparesMetadata
                ? Optional.of(() -> metadata.compare(same))
                : Optional.empty();
    }

    /** One answer may raise the next question. */
    private Change answered(Change change) throws Exception {
        Optional<Callable<Change>> question = of(change);
        return question.isPresent() ? question.get().call() : change;
    }

    /** Metadata is compared, where asked for, of what is of equal content. */
    private Change withMetadata(Change settled) {
        return settled instanceof Change.Same same && comparesMetadata ? metadata.compare(same) : settled;
    }

    /** What asking found equal goes into the next baseline. */
    private Change noted(Change settled) {
        if (settled instanceof Change.Same same) {
            baseline.equal(same.source(), same.destination());
        }
        return settled;
    }
}

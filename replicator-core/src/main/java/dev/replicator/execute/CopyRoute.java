package dev.replicator.execute;

import dev.replicator.diff.Change;
import dev.replicator.job.MetadataPolicy;
import dev.replicator.plan.Action;
import dev.replicator.store.AccessDeniedException;
import dev.replicator.store.MetadataLoss;
import dev.replicator.store.ObjectBody;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.Precondition;
import dev.replicator.store.StaleObjectException;
import dev.replicator.store.WriteOptions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Takes the objects of one prefix pair from source to destination: by the store itself where it can, else through us.
 * Thread-safe.
 */
final class CopyRoute {
    private final PairStores stores;
    private final Fidelity fidelity;
    private final ActionRunner.Plan plan;
    private final Shared shared;
    private final boolean serverSide;
    private final AtomicBoolean refused = new AtomicBoolean();

    /** @param plan where the copies come from */
    CopyRoute(PairStores stores, MetadataPolicy metadata, ActionRunner.Plan plan, Shared shared) {
        this.stores = stores;
        this.plan = plan;
        this.shared = shared;
        fidelity = new Fidelity(metadata, stores.destination());
        serverSide = CopyRouting.isByStore(stores, metadata);
    }

    /**
     * What the routes of a run share.
     *
     * @param operationIds a new id for each write
     * @param warnings told what is worth a line
     */
    record Shared(
            Bandwidth bandwidth,
            BytesInFlight bytesInFlight,
            Supplier<String> operationIds,
            LargeUploads uploads,
            Consumer<String> warnings) {}

    /**
     * A copy that was made.
     *
     * @param written the destination's object as its store described it
     * @param guarded whether the store itself checked the destination's precondition
     * @param lost what the destination does not hold of the metadata, where that is known
     */
    record Copied(ObjectMeta written, boolean guarded, Optional<List<MetadataLoss>> lost) {}

    /** Copies. */
    Copied copy(Action.Copy copy) {
        if (!serverSide || refused.get() || copy.metadata() == Change.Side.DESTINATION) {
            return streamed(copy);
        }
        try {
            return byStore(copy);
        } catch (AccessDeniedException e) {
            Copied copied = streamed(copy);
            if (refused.compareAndSet(false, true)) {
                shared.warnings()
                        .accept("server-side copy refused (" + e.getMessage() + "); streaming through this process");
            }
            return copied;
        }
    }

    private Copied byStore(Action.Copy copy) {
        Guarded guarded = guard(copy, true);
        Optional<List<MetadataLoss>> lost = fidelity.ofStoreCopy(found(copy, guarded));
        ObjectMeta fullSource = copy.source().withKey(copy.source().key().prependedBy(stores.sourcePrefix()));
        WriteOptions options = WriteOptions.of(guarded.precondition())
                .withModified(copy.source().modified())
                .withWholeMetadata(fidelity.isStrict());
        ObjectMeta written = shared.uploads()
                .noted(
                        stores,
                        copy,
                        Optional.empty(),
                        shared.uploads().sizes().multipartCopy(),
                        () -> stores.destination().copyFrom(stores.source().bucket(), fullSource, copy.key(), options));
        return new Copied(written, guarded.byStore(), lost);
    }

    /**
     * What is known of the source's metadata: what its listing showed. Asked for only where a loss would forbid the copy, or
     * the version is in question; else it would double the requests of small copies.
     */
    private Optional<ObjectMetadata> found(Action.Copy copy, Guarded guarded) {
        if (!fidelity.isStrict() && isPinned(guarded)) {
            return copy.source().metadata();
        }
        ObjectMeta source = stores.source()
                .head(copy.key())
                .filter(now -> now.version().equals(copy.source().version()))
                .orElseThrow(() -> new StaleObjectException(
                        copy.key() + " of " + stores.source().bucket() + " is no longer the version that was seen"));
        return source.metadata();
    }

    /**
     * Whether the source's version need not be asked for: the store checks it, or it was listed a moment ago. A store that
     * is not known to check the destination is not known to check the source.
     */
    private boolean isPinned(Guarded guarded) {
        return plan != ActionRunner.Plan.WRITTEN || guarded.byStore() && CopyRouting.pinsSource(stores.destination());
    }

    private Copied streamed(Action.Copy copy) {
        long weight =
                BytesInFlight.weight(copy.source().size(), shared.uploads().sizes());
        try (BytesInFlight.Share share = shared.bytesInFlight().take(weight)) {
            return sent(copy);
        }
    }

    private Copied sent(Action.Copy copy) {
        Guarded guarded = guard(copy, false);
        try (ObjectBody body = stores.source().read(copy.source())) {
            String operation = shared.operationIds().get();
            Optional<ObjectMeta> kept =
                    copy.metadata() == Change.Side.DESTINATION ? Optional.of(replaced(copy)) : Optional.empty();
            Fidelity.Carried carried = kept.map(object -> fidelity.ofReplacement(
                            copy.source(), object.metadata().orElse(ObjectMetadata.NONE), operation))
                    .orElseGet(() -> fidelity.ofCopy(copy.source(), body.metadata(), operation));
            WriteOptions options = WriteOptions.of(guarded.precondition(kept))
                    .withMetadata(carried.metadata())
                    .withModified(copy.source().modified())
                    .withOperation(operation)
                    .withWholeMetadata(fidelity.isStrict());
            ObjectMeta written = shared.uploads()
                    .noted(
                            stores,
                            copy,
                            Optional.of(operation),
                            shared.uploads().sizes().multipartUpload(),
                            () -> stores.destination()
                                    .write(
                                            copy.key(),
                                            shared.bandwidth().limit(VerifiedBody.of(body, copy.source())),
                                            options));
            return new Copied(written, guarded.byStore(), Optional.of(carried.lossesWith(written)));
        }
    }

    /** The object that is replaced, with its metadata, if it is still the one that was seen. */
    private ObjectMeta replaced(Action.Copy copy) {
        Optional<ObjectMeta> now = stores.destination().head(copy.key());
        requireAsSeen(copy, now);
        return now.orElseThrow();
    }

    private void requireAsSeen(Action.Copy copy, Optional<ObjectMeta> now) {
        if (!copy.isAsSeen(now)) {
            throw new StaleObjectException(
                    copy.key() + " of " + stores.destination().bucket() + " was changed by another");
        }
    }

    private record Guarded(Precondition precondition, boolean byStore) {
        /** Bound to the state of the metadata that is kept, where the store can hold to it. */
        Precondition precondition(Optional<ObjectMeta> kept) {
            return byStore ? kept.<Precondition>map(Precondition::unchanged).orElse(precondition) : precondition;
        }
    }

    /**
     * The precondition to send, or, where the store can't check it, a check of our own right before. That a key is free is
     * believed as it was listed a moment ago; a written plan may be hours old.
     */
    private Guarded guard(Action.Copy copy, boolean byStore) {
        ObjectStore destination = stores.destination();
        if (CopyRouting.isGuardedByStore(destination, copy, byStore)) {
            return new Guarded(copy.precondition(), true);
        }
        if (copy.replaced().isPresent() || plan == ActionRunner.Plan.WRITTEN) {
            requireAsSeen(copy, destination.head(copy.key()));
        }
        return new Guarded(Precondition.none(), false);
    }
}

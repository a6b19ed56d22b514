package dev.replicator.execute;

import dev.replicator.plan.Action;
import dev.replicator.store.Capability;
import dev.replicator.store.MetadataUpdate;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.Precondition;
import java.util.Optional;

/**
 * Changes the metadata of one destination's objects in place; where the store can't, by copying the object again.
 * Thread-safe.
 */
final class MetadataRoute {
    private final PairStores stores;
    private final ObjectStore destination;
    private final Fidelity fidelity;
    private final MutationGuard guard;
    private final LargeUploads uploads;
    private final CopyRoute copies;

    MetadataRoute(PairStores stores, Fidelity fidelity, MutationGuard guard, LargeUploads uploads, CopyRoute copies) {
        this.stores = stores;
        this.destination = stores.destination();
        this.uploads = uploads;
        this.fidelity = fidelity;
        this.guard = guard;
        this.copies = copies;
    }

    ActionResult update(Action.UpdateMetadata update) {
        Fidelity.Carried carried = fidelity.ofUpdate(update.metadata());
        guard.check();
        Optional<MetadataUpdate> role = destination.role(MetadataUpdate.class);
        if (role.isEmpty()) {
            CopyRoute.Copied copied = copies.copy(update.asCopy());
            return new ActionResult.Done(
                    update, update.source().size(), copied.guarded(), Optional.of(copied.written()), copied.lost());
        }
        boolean guarded = destination.capabilities().contains(Capability.CONDITIONAL_COPY);
        ObjectMeta seen = update.destination();
        ObjectMeta written = uploads.noted(
                stores,
                update.asCopy(),
                Optional.empty(),
                uploads.sizes().multipartCopy(),
                () -> role.get().update(seen, carried.metadata(), Precondition.unchanged(seen)));
        return new ActionResult.Done(update, 0, guarded, Optional.of(written), Optional.of(carried.losses()));
    }
}

package dev.replicator.execute;

import dev.replicator.job.MetadataPolicy;
import dev.replicator.plan.Action;
import dev.replicator.store.Capability;
import dev.replicator.store.ObjectStore;

/** Which way copies go and who checks their preconditions, decided from what the stores declare. Sends nothing. */
final class CopyRouting {
    private CopyRouting() {}

    /** Whether the destination's store copies by itself; it keeps the metadata, so none may be asked for. */
    static boolean isByStore(PairStores stores, MetadataPolicy metadata) {
        return stores.destination().capabilities().contains(Capability.SERVER_SIDE_COPY)
                && stores.destination().copiesFrom(stores.source().bucket())
                && metadata.carriesAll();
    }

    /** Whether the destination itself checks that it is as it was seen; else an overwrite is preceded by a head. */
    static boolean isGuardedByStore(ObjectStore destination, Action.Copy copy, boolean byStore) {
        boolean creates = copy.replaced().isEmpty();
        Capability needed = byStore
                ? creates ? Capability.CREATE_ONLY_COPY : Capability.CONDITIONAL_COPY
                : creates ? Capability.CREATE_ONLY_WRITE : Capability.CONDITIONAL_WRITE;
        return destination.capabilities().contains(needed);
    }

    /** Whether the destination, when it copies by itself, takes exactly the version that it is told. */
    static boolean pinsSource(ObjectStore destination) {
        return destination.capabilities().contains(Capability.PINNED_READ);
    }

    /** Whether the destination itself checks what it deletes; else a delete is preceded by a head. */
    static boolean deletesGuarded(ObjectStore destination) {
        return destination.capabilities().contains(Capability.CONDITIONAL_DELETE);
    }
}

package dev.replicator.execute;

import dev.replicator.plan.Action;
import dev.replicator.store.Capability;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.StaleObjectException;
import java.util.EnumSet;
import java.util.Set;

/**
 * Asks stores that don't check preconditions themselves whether things are still as a written plan says, which may be hours
 * old. What a run copies it has listed moments ago; it asks only before it overwrites or deletes.
 */
final class PlannedState {
    private static final Set<Capability> CREATES_ONLY =
            EnumSet.of(Capability.CREATE_ONLY_WRITE, Capability.CREATE_ONLY_COPY);

    private PlannedState() {}

    /** @throws StaleObjectException when the key is taken by now, or the source is another version */
    static void require(PairStores stores, Action.Copy copy) {
        ObjectStore destination = stores.destination();
        Set<Capability> capabilities = destination.capabilities();
        if (copy.replaced().isEmpty()
                && !capabilities.containsAll(CREATES_ONLY)
                && destination.head(copy.key()).isPresent()) {
            throw new StaleObjectException(copy.key() + " of " + destination.bucket() + " is there by now");
        }
        boolean copiesUnasked = capabilities.contains(Capability.SERVER_SIDE_COPY)
                && !capabilities.contains(Capability.CONDITIONAL_COPY)
                && destination.copiesFrom(stores.source().bucket());
        if (copiesUnasked
                && stores.source()
                        .head(copy.key())
                        .filter(now -> now.version().equals(copy.source().version()))
                        .isEmpty()) {
            throw new StaleObjectException(copy.key() + " of " + stores.source().bucket() + " was changed by another");
        }
    }
}

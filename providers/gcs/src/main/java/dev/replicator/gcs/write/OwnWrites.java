package dev.replicator.gcs.write;

import dev.replicator.gcs.client.Call;
import dev.replicator.gcs.object.ObjectHeads;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.StoreException;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Settles a write whose outcome is unknown: is what is there now what we wrote? Thread-safe. */
final class OwnWrites {
    private static final Logger log = LoggerFactory.getLogger(OwnWrites.class);

    private final ObjectHeads heads;

    OwnWrites(ObjectHeads heads) {
        this.heads = heads;
    }

    /** Whether the object says of itself that this operation made it. */
    static boolean carries(ObjectMeta found, Optional<String> operation) {
        return operation.isPresent()
                && operation.equals(
                        found.metadata().map(ObjectMetadata::user).map(user -> user.get(ObjectMetadata.OPERATION)));
    }

    /** The object at {@code key} if it is ours; empty as well when that can't be found out. */
    Optional<ObjectMeta> find(Call call, ObjectKey key, Predicate<ObjectMeta> isOurs) {
        try {
            return heads.head(call, key).filter(isOurs);
        } catch (StoreException e) {
            log.debug("{}: the outcome stays unknown", call, e);
            return Optional.empty();
        }
    }
}

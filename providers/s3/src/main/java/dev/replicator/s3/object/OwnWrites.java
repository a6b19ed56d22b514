package dev.replicator.s3.object;

import dev.replicator.s3.client.Call;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.StoreException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Settles a write whose outcome is unknown: is what is there now what we wrote? Thread-safe. */
final class OwnWrites {
    private static final Logger log = LoggerFactory.getLogger(OwnWrites.class);

    private final ObjectHeads heads;

    OwnWrites(ObjectHeads heads) {
        this.heads = heads;
    }

    /**
     * The object at {@code key}, if it has that size and either carries our operation or is made of our parts; empty as
     * well when that can't be found out.
     *
     * @param operation id of our write, where the object carries it
     * @param etag what our parts make, where that is known
     */
    Optional<ObjectMeta> find(Call call, ObjectKey key, long size, Optional<String> operation, Optional<String> etag) {
        try {
            return heads.head(call, key)
                    .filter(found -> found.size() == size)
                    .filter(found -> carries(found, operation)
                            || etag.filter(found.version().token()::equals).isPresent());
        } catch (StoreException e) {
            log.debug("{}: the outcome stays unknown", call, e);
            return Optional.empty();
        }
    }

    private static boolean carries(ObjectMeta found, Optional<String> operation) {
        return operation.isPresent()
                && operation.equals(
                        found.metadata().map(ObjectMetadata::user).map(user -> user.get(ObjectMetadata.OPERATION)));
    }
}

package dev.replicator.s3.object;

import dev.replicator.s3.client.Call;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.StoreException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** Settles a write whose outcome is unknown: is what is there now what we wrote? Thread-safe. */
final class OwnWrites {
    private static final Logger log = LoggerFactory.getLogger(OwnWrites.class);

    private final ObjectHeads heads;

    OwnWrites(ObjectHeads heads) {
        this.heads = heads;
    }

    /**
     * An object of ours, of whose bytes that says nothing yet.
     *
     * @param head that showed it
     */
    record Found(ObjectMeta object, HeadObjectResponse head) {}

    /**
     * The object at {@code key}, if it carries our operation or is made of our parts; empty as well when that can't be
     * found out.
     *
     * @param operation id of our write, where the object carries it
     * @param etag what our parts make, where that is known
     */
    Optional<Found> find(Call call, ObjectKey key, Optional<String> operation, Optional<String> etag) {
        try {
            return heads.answer(call, key)
                    .map(head -> new Found(heads.meta(call, key, head), head))
                    .filter(found -> carries(found.object(), operation)
                            || etag.filter(found.object().version().token()::equals)
                                    .isPresent());
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

package dev.replicator.testkit;

import dev.replicator.store.ObjectKey;
import java.util.Optional;

/**
 * A call that reached a {@link FaultyStore}.
 *
 * @param key absent for a page of a listing
 */
public record StoreCall(StoreOperation operation, Optional<ObjectKey> key) {
    @Override
    public String toString() {
        return operation + key.map(k -> " " + k).orElse("");
    }
}

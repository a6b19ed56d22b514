package dev.replicator.diff;

import dev.replicator.job.KeyFilter;
import dev.replicator.store.ListRequest;
import dev.replicator.store.ObjectStore;

/**
 * How many objects, and bytes, a store shows within a filter; our control keys apart.
 *
 * @param objects in scope
 */
public record ObjectCount(long objects, long bytes) {
    /** Counts by listing. */
    public static ObjectCount of(ObjectStore store, KeyFilter filter) {
        try (EntryCursor cursor = new EntryCursor(store.list(ListRequest.everything()), filter, "bucket", keys -> {})) {
            while (cursor.advance()) {
                continue;
            }
            return new ObjectCount(cursor.inScope(), cursor.bytes());
        }
    }
}

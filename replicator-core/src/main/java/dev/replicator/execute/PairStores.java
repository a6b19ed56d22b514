package dev.replicator.execute;

import dev.replicator.store.KeyPrefix;
import dev.replicator.store.ObjectStore;

/**
 * Both stores of one prefix pair, speaking relative keys.
 *
 * @param sourcePrefix full prefix in the source bucket, for server-side copies, which name full keys
 * @param destinationPrefix full prefix in the destination bucket, for the journal of uploads
 */
public record PairStores(
        ObjectStore source, ObjectStore destination, KeyPrefix sourcePrefix, KeyPrefix destinationPrefix) {}

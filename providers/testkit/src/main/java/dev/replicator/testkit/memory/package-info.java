/**
 * Buckets in memory: the store that the engine's tests run on and the first to pass the provider contract.
 *
 * <p>A {@link dev.replicator.testkit.memory.MemoryBuckets} is a service of its own with named buckets; a {@link
 * dev.replicator.testkit.memory.MemoryStore} is a client of one bucket. Tests reach behind a store's back through {@link
 * dev.replicator.testkit.memory.MemoryBucket}. {@code memory://name} opens a bucket of {@link
 * dev.replicator.testkit.memory.MemoryBuckets#shared()}.
 */
@NullMarked
package dev.replicator.testkit.memory;

import org.jspecify.annotations.NullMarked;

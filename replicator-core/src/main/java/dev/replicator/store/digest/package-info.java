/**
 * Digests of content in the algorithms of {@link dev.replicator.store.Fingerprint}. Imports {@code dev.replicator.store}
 * only.
 */
@NullMarked
package dev.replicator.store.digest;

import org.jspecify.annotations.NullMarked;

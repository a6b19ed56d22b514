/**
 * Decorators of {@link dev.replicator.store.ObjectStore}, each a final class that forwards every method and role:
 * rate-limited, retrying, read-only, prefixed; composed in {@link dev.replicator.store.wrap.StoreStack} only.
 */
@NullMarked
package dev.replicator.store.wrap;

import org.jspecify.annotations.NullMarked;

/**
 * The SPI and the vocabulary of stores: what a provider implements and the words it speaks.
 *
 * <p>Open for implementation: {@link dev.replicator.store.ObjectStore}, {@link dev.replicator.store.StoreProvider},
 * {@link dev.replicator.store.Listing}, {@link dev.replicator.store.ObjectBody}. Everything else is a closed value.
 * This package imports nothing of Replicator's; every other package may import it.
 */
@NullMarked
package dev.replicator.store;

import org.jspecify.annotations.NullMarked;

/**
 * Lists a bucket and proves it: requests built by hand, signed by the SDK's signer, answers scanned as bytes straight
 * into {@link dev.replicator.store.Page} columns. Depends on {@code dev.replicator.s3.client} for connections and errors.
 */
@NullMarked
package dev.replicator.s3.list;

import org.jspecify.annotations.NullMarked;

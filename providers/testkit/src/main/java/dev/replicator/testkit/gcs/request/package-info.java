/**
 * What requests say: routes, preconditions, uploads' terms, ranges. Imports json, store, model, http and wire.
 */
@NullMarked
package dev.replicator.testkit.gcs.request;

import org.jspecify.annotations.NullMarked;

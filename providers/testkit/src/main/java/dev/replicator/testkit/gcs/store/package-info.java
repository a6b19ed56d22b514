/**
 * Buckets and objects in memory, and the one place where preconditions are checked and writes applied. Imports
 * objects (bytes) and model.
 */
@NullMarked
package dev.replicator.testkit.gcs.store;

import org.jspecify.annotations.NullMarked;

/**
 * What can go wrong at GCS alone. Imports listing (for lies), model and the faults that any service shares.
 */
@NullMarked
package dev.replicator.testkit.gcs.fault;

import org.jspecify.annotations.NullMarked;

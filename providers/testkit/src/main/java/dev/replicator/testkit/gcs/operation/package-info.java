/**
 * The operations, one class for each group of them. Imports all but api.
 */
@NullMarked
package dev.replicator.testkit.gcs.operation;

import org.jspecify.annotations.NullMarked;

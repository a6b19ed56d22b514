/**
 * A request to the server as it was served. Imports model, and the shared log and faults.
 */
@NullMarked
package dev.replicator.testkit.gcs.log;

import org.jspecify.annotations.NullMarked;

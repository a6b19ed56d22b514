/**
 * What happens to single objects: heads, reads, writes in one request or part by part, copies by the service. May use
 * {@code client}.
 */
@NullMarked
package dev.replicator.gcs.object;

import org.jspecify.annotations.NullMarked;

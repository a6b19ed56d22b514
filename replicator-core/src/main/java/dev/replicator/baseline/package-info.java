/**
 * What a named job's last run left: for each key the source's and the destination's state, sorted, in compressed chunks
 * beside the marker. Read by the next run as a third stream of the merge, written again from what that run changed.
 * Losing it costs precision, never data. Imports {@code store} only.
 */
@NullMarked
package dev.replicator.baseline;

import org.jspecify.annotations.NullMarked;

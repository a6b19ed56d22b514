/**
 * Apache's HTTP client as the transport of Google's: it detects bodies that end early, repeats nothing by itself and
 * can cut a connection. Knows nothing of the packages beside it.
 */
@NullMarked
package dev.replicator.gcs.wire;

import org.jspecify.annotations.NullMarked;

/**
 * The way a request takes to its operation and back. May import all the rest.
 */
@NullMarked
package dev.replicator.testkit.gcs.api;

import org.jspecify.annotations.NullMarked;

/**
 * Facts found by comparing two sorted listings and the last run's baseline: {@link dev.replicator.diff.Change changes}.
 * Decides nothing. Imports {@code store}, {@code baseline} and {@code job}.
 */
@NullMarked
package dev.replicator.diff;

import org.jspecify.annotations.NullMarked;

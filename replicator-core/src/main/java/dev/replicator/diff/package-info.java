/**
 * Facts found by comparing two sorted listings: {@link dev.replicator.diff.Change changes}. Decides nothing. Imports
 * {@code store} and {@code job}.
 */
@NullMarked
package dev.replicator.diff;

import org.jspecify.annotations.NullMarked;

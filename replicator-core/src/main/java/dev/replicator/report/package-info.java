/**
 * Folds results into facts about a run: counts, outcome, failures. Imports what is left of it in the picture; only the
 * façade and front doors import it.
 */
@NullMarked
package dev.replicator.report;

import org.jspecify.annotations.NullMarked;

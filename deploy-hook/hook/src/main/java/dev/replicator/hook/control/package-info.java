/** The job's own objects under its control prefix: marker, ledger, attempt, deferral, capabilities, run history. Every read is bounded and checked; what can't be trusted says so. */
@NullMarked
package dev.replicator.hook.control;

import org.jspecify.annotations.NullMarked;

/**
 * Words that the whole server shares: operations, calls, reasons of errors. Imports wire for what a call is.
 */
@NullMarked
package dev.replicator.testkit.gcs.model;

import org.jspecify.annotations.NullMarked;

/**
 * What can go wrong at S3 alone. Imports listing (for lies), http, model and the faults that any service shares.
 */
@NullMarked
package dev.replicator.testkit.s3.fault;

import org.jspecify.annotations.NullMarked;

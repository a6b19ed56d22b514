/**
 * What is to go wrong, and when. Imports listing (for lies), http and model.
 */
@NullMarked
package dev.replicator.testkit.s3.fault;

import org.jspecify.annotations.NullMarked;

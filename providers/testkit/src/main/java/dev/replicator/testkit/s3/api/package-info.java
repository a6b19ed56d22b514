/**
 * The operations, one class for each group of them, and the way a request takes to them. May import all the rest.
 */
@NullMarked
package dev.replicator.testkit.s3.api;

import org.jspecify.annotations.NullMarked;

/**
 * What the server was asked. Imports fault and model.
 */
@NullMarked
package dev.replicator.testkit.s3.log;

import org.jspecify.annotations.NullMarked;

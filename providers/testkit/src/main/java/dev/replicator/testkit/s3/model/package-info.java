/**
 * Words that the whole server shares: operations, calls, error codes, credentials, weaknesses. Imports nothing of the
 * server.
 */
@NullMarked
package dev.replicator.testkit.s3.model;

import org.jspecify.annotations.NullMarked;

/**
 * Buckets, keys and versions in memory, and the one place where conditions are checked and writes applied. Imports
 * http (bodies), checksum and model.
 */
@NullMarked
package dev.replicator.testkit.s3.store;

import org.jspecify.annotations.NullMarked;

/**
 * A request as S3 understands it: where it goes, and what its header fields mean. Imports fault, store, auth,
 * checksum, http and model.
 */
@NullMarked
package dev.replicator.testkit.s3.request;

import org.jspecify.annotations.NullMarked;

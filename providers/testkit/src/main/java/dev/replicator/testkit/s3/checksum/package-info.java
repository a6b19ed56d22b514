/**
 * The digests S3 knows. Imports nothing of the server.
 */
@NullMarked
package dev.replicator.testkit.s3.checksum;

import org.jspecify.annotations.NullMarked;

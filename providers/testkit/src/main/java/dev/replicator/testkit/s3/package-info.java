/**
 * A strict S3 server for tests, in the JVM or as a process. Start with {@link dev.replicator.testkit.s3.FakeS3}. The
 * packages below may import one another downwards only: api, request, log, fault, listing, store, xml, auth, checksum,
 * http, model; and nothing of them may import this one or anything outside the JDK and JSpecify.
 */
@NullMarked
package dev.replicator.testkit.s3;

import org.jspecify.annotations.NullMarked;

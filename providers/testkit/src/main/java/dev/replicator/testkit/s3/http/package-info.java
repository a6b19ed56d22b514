/**
 * HTTP/1.1 over sockets, without a thought of S3. Imports nothing of the server.
 */
@NullMarked
package dev.replicator.testkit.s3.http;

import org.jspecify.annotations.NullMarked;

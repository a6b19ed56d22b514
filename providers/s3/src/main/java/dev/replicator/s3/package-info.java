/**
 * Amazon S3 and compatible services as {@code s3://} stores. Beneath it: {@code client} (how a bucket is reached), {@code
 * list} (the proving lister), {@code object} (what happens to single objects); each may use those named before it.
 */
@NullMarked
package dev.replicator.s3;

import org.jspecify.annotations.NullMarked;

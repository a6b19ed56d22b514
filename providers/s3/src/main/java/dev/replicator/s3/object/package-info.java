/**
 * Single objects: heads, bodies, writes, copies within the service, parts of large ones. Uses {@code
 * dev.replicator.s3.client} for everything that goes over the wire.
 */
@NullMarked
package dev.replicator.s3.object;

import org.jspecify.annotations.NullMarked;

/**
 * What makes objects: uploads in one request, part by part or as components, and copies by the service, each with the proof
 * of what was made. May use {@code object} and {@code client}, which know nothing of it.
 */
@NullMarked
package dev.replicator.gcs.write;

import org.jspecify.annotations.NullMarked;

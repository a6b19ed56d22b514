/**
 * Single objects in the words of the API: what they and their answers say, reads, changes of metadata, removals. May use
 * {@code client}; what makes objects is in {@code write}.
 */
@NullMarked
package dev.replicator.gcs.object;

import org.jspecify.annotations.NullMarked;

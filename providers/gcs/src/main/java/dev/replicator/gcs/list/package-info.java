/**
 * Listings that are proven page by page: the answer's bytes are scanned here and nothing is taken for granted. May use
 * {@code client}.
 */
@NullMarked
package dev.replicator.gcs.list;

import org.jspecify.annotations.NullMarked;

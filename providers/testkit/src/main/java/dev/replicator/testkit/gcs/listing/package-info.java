/**
 * Pages of listings, their tokens, and {@link dev.replicator.testkit.gcs.listing.LyingListing} for answers that are
 * not true. Imports json, store and model.
 */
@NullMarked
package dev.replicator.testkit.gcs.listing;

import org.jspecify.annotations.NullMarked;

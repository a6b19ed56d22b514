/**
 * Pages of listings, their tokens, and {@link dev.replicator.testkit.s3.listing.LyingListing} for answers that are
 * not true. Imports store, xml, http and model.
 */
@NullMarked
package dev.replicator.testkit.s3.listing;

import org.jspecify.annotations.NullMarked;

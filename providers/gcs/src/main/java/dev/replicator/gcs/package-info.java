/**
 * Google Cloud Storage as {@code gs://} stores, over its JSON API. Beneath it: {@code wire} (the HTTP client under
 * Google's own), {@code client} (how a bucket is reached), {@code list} (the proving lister), {@code object} (what happens
 * to single objects); each may use those named before it.
 */
@NullMarked
package dev.replicator.gcs;

import org.jspecify.annotations.NullMarked;

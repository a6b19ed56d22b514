/** Objects of Google Cloud Storage as a store. */
@org.jspecify.annotations.NullMarked
package dev.replicator.gcs;

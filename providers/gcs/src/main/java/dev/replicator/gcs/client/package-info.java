/**
 * How a bucket is reached: settings from configuration and environment, credentials, requests and their counting, the
 * store's time, and the one place where the service's errors become ours. May use {@code wire}.
 */
@NullMarked
package dev.replicator.gcs.client;

import org.jspecify.annotations.NullMarked;

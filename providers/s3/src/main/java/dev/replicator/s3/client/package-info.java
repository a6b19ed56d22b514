/**
 * How a bucket is reached: settings from configuration and environment, credentials, the SDK's clients, request counting,
 * the store's time, and the one place where the SDK's errors become ours. Knows nothing of the packages beside it.
 */
@NullMarked
package dev.replicator.s3.client;

import org.jspecify.annotations.NullMarked;

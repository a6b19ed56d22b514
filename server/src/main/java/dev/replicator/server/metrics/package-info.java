/** Figures for Prometheus. Knows runs, and adds its own route to the API. */
@NullMarked
package dev.replicator.server.metrics;

import org.jspecify.annotations.NullMarked;

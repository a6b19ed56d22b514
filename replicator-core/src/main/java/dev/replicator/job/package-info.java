/** The validated description of a replication: strings have ended before it. Imports {@code store} only. */
@NullMarked
package dev.replicator.job;

import org.jspecify.annotations.NullMarked;

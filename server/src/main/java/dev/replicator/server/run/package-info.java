/** Runs of jobs, from the order to what is remembered of them. */
@NullMarked
package dev.replicator.server.run;

import org.jspecify.annotations.NullMarked;

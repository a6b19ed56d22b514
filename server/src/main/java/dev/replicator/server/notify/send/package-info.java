/**
 * Ways to tell somebody outside: one attempt at a time, with an address that was looked at. Knows nothing of runs and of
 * the history.
 */
@NullMarked
package dev.replicator.server.notify.send;

import org.jspecify.annotations.NullMarked;

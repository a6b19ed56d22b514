/** What is remembered of runs, in SQLite. */
@NullMarked
package dev.replicator.server.history;

import org.jspecify.annotations.NullMarked;

/** The server: admin API, run history, schedules. */
@NullMarked
package dev.replicator.server;

import org.jspecify.annotations.NullMarked;

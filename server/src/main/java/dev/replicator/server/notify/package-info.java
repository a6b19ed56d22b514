/**
 * Who is told what of runs: judged once, kept until it is delivered. Knows runs and the history's database, and adds its own
 * routes to the API; ways to tell are in {@code send}.
 */
@NullMarked
package dev.replicator.server.notify;

import org.jspecify.annotations.NullMarked;

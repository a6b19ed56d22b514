/**
 * When jobs run by themselves: calendars and intervals, what was missed, pauses. Knows runs and the history's database,
 * and adds its own routes to the API.
 */
@NullMarked
package dev.replicator.server.schedule;

import org.jspecify.annotations.NullMarked;

/** Whether the server can do its work. Knows the history and the schedules, and adds its own route to the API. */
@NullMarked
package dev.replicator.server.health;

import org.jspecify.annotations.NullMarked;

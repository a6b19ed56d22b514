/** HTTP below the API: how the server listens, what every answer carries, under which names and paths it is reached. */
@NullMarked
package dev.replicator.server.http;

import org.jspecify.annotations.NullMarked;

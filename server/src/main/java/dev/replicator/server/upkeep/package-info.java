/** What the server does by itself, now and then: says that it lives, reads the buckets' reports, forgets what is old. */
@NullMarked
package dev.replicator.server.upkeep;

import org.jspecify.annotations.NullMarked;

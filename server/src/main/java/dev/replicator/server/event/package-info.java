/** What happens, for those who watch. */
@NullMarked
package dev.replicator.server.event;

import org.jspecify.annotations.NullMarked;

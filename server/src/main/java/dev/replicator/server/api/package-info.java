/** The admin API over HTTP. */
@NullMarked
package dev.replicator.server.api;

import org.jspecify.annotations.NullMarked;

/** Talks to a {@code replicator serve} that runs somewhere; loaded by no command that works here. */
@NullMarked
package dev.replicator.cli.remote;

import org.jspecify.annotations.NullMarked;

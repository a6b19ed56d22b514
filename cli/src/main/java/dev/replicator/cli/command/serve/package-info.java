/** The server started by the command. */
@NullMarked
package dev.replicator.cli.command.serve;

import org.jspecify.annotations.NullMarked;

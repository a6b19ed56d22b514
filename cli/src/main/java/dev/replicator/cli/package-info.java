/** The command {@code replicator}: process, signals, logging, the tree of commands. */
@NullMarked
package dev.replicator.cli;

import org.jspecify.annotations.NullMarked;

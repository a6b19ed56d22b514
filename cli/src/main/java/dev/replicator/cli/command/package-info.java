/** The commands: options in, façade called, result out. */
@NullMarked
package dev.replicator.cli.command;

import org.jspecify.annotations.NullMarked;

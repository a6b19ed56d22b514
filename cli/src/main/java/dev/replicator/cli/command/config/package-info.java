/** The configuration shown and checked, and tokens made for it. */
@NullMarked
package dev.replicator.cli.command.config;

import org.jspecify.annotations.NullMarked;

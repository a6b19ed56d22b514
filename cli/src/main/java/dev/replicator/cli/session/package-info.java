/** What every command has at hand: settings, streams, the engine, the end of a run. */
@NullMarked
package dev.replicator.cli.session;

import org.jspecify.annotations.NullMarked;

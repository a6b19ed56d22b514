/** What stdout says: the run's log, lists, JSON documents and events. Imports {@code core} and {@code cli.terminal}. */
@NullMarked
package dev.replicator.cli.output;

import org.jspecify.annotations.NullMarked;

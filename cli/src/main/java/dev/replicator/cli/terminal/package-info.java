/**
 * The three standard streams: results, messages, questions, a progress line. Whatever goes through here is escaped, so
 * hostile keys can't drive a terminal. Imports {@code store} only.
 */
@NullMarked
package dev.replicator.cli.terminal;

import org.jspecify.annotations.NullMarked;

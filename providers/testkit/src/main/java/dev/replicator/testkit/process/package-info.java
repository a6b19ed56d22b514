/**
 * What the fake servers' main methods share. Imports nothing of a server.
 */
@NullMarked
package dev.replicator.testkit.process;

import org.jspecify.annotations.NullMarked;

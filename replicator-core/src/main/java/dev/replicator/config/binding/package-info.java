/**
 * Describes what a file may say (shapes of slots, kinds of values), reads a document by that description and writes the
 * description down as JSON Schema: one vocabulary, so that none of the three can differ. Imports {@code config.yaml},
 * {@code config.text} and {@code store}'s displays.
 */
@NullMarked
package dev.replicator.config.binding;

import org.jspecify.annotations.NullMarked;

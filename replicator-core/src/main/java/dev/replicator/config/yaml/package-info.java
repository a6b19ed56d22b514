/**
 * One YAML document as a tree whose every part knows its line and column, within limits that no hostile file escapes.
 * Knows nothing of what the document means.
 */
@NullMarked
package dev.replicator.config.yaml;

import org.jspecify.annotations.NullMarked;

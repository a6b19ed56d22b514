/** Small texts that people write: durations, sizes, misspelt words. Imports nothing of Replicator's. */
@NullMarked
package dev.replicator.config.text;

import org.jspecify.annotations.NullMarked;

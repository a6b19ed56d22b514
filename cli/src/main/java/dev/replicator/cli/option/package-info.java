/** Options that several commands share, and how they become a job. Imports {@code core} and {@code cli.exit}. */
@NullMarked
package dev.replicator.cli.option;

import org.jspecify.annotations.NullMarked;

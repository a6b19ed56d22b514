/** The façade every front door calls: {@link dev.replicator.Replicator}. */
@NullMarked
package dev.replicator;

import org.jspecify.annotations.NullMarked;

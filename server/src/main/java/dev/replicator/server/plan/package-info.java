/** Plans that runs wrote down: kept whole, decided about once, carried out as they are. */
@NullMarked
package dev.replicator.server.plan;

import org.jspecify.annotations.NullMarked;

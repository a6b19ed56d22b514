/** Jobs, runs, plans, objects and findings as resources. */
@NullMarked
package dev.replicator.server.api.run;

import org.jspecify.annotations.NullMarked;

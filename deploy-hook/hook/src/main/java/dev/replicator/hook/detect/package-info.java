/** Where are we and what is this deployment? Pure functions of the environment and the class path. */
@NullMarked
package dev.replicator.hook.detect;

import org.jspecify.annotations.NullMarked;

/**
 * What shall be done about each change: {@link dev.replicator.plan.Action actions}, their order and their written form.
 * Touches no store. Imports {@code diff}, {@code job}, {@code store}.
 */
@NullMarked
package dev.replicator.plan;

import org.jspecify.annotations.NullMarked;

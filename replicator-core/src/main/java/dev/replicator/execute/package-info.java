/**
 * Carries actions out: routes, runner, worker pool, delete gate. Imports {@code plan} and what {@code plan} imports.
 */
@NullMarked
package dev.replicator.execute;

import org.jspecify.annotations.NullMarked;

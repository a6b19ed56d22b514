/**
 * Where strings end: {@code replicator.yaml}, the environment and legacy variables become validated jobs. Imports {@code
 * job}, {@code store} and its own subpackages; only front doors import it.
 */
@NullMarked
package dev.replicator.config;

import org.jspecify.annotations.NullMarked;
